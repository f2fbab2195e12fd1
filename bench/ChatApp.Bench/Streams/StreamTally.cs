namespace ChatApp.Bench.Streams;

/// <summary>What all streams of one kind have seen together, from the moment at which the measurement began.</summary>
internal sealed class StreamTally
{
    private long _events;
    private long _gaps;
    private int _open;
    private int _dropped;
    private long _from = long.MaxValue;

    public DelayHistogram Delays { get; } = new();

    public int Open => Volatile.Read(ref _open);

    /// <summary>Streams that ended although their turn had not.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    public long Events => Interlocked.Read(ref _events);

    /// <summary>Events that were missed, or came twice.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    private bool IsOver { get; set; }

    /// <summary>Counts tokens that the engine says from now on.</summary>
    public void Begin() => Volatile.Write(ref _from, Now());

    /// <summary>Counts nothing any more.</summary>
    public void End()
    {
        IsOver = true;
        Volatile.Write(ref _from, long.MaxValue);
    }

    public void Opened() => Interlocked.Increment(ref _open);

    public void Closed()
    {
        if (!IsOver)
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    public void Token(long sentAt)
    {
        if (sentAt >= Volatile.Read(ref _from))
        {
            Delays.Add(Now() - sentAt);
            Interlocked.Increment(ref _events);
        }
    }

    public void Gap() => Interlocked.Increment(ref _gaps);

    // Microseconds since 1970, as the simulator stamps its tokens on the same machine.
    private static long Now() => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
