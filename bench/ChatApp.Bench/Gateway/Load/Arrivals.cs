using ChatApp.Bench.Streams;

namespace ChatApp.Bench.Gateway.Load;

/// <summary>What all streams of one row have seen together. Many threads add at once.</summary>
/// <param name="latestGap">From how many microseconds after its predecessor a token is late.</param>
internal sealed class Arrivals(long latestGap)
{
    private long _tokens;
    private long _late;

    /// <summary>From asking to the first token.</summary>
    public DelayHistogram First { get; } = new();

    /// <summary>From token to token.</summary>
    public DelayHistogram Gaps { get; } = new();

    /// <summary>From the engine's sending to the caller's having it.</summary>
    public DelayHistogram Delays { get; } = new();

    public long Tokens => Interlocked.Read(ref _tokens);

    public long Late => Interlocked.Read(ref _late);

    /// <summary>Microseconds since 1970, as the simulator stamps its tokens on the same machine.</summary>
    public static long Now() => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Counts a token.</summary>
    /// <param name="delay">Since it was sent, in microseconds.</param>
    /// <param name="gap">Since the one before it; null for the first.</param>
    public void Token(long delay, long? gap)
    {
        Interlocked.Increment(ref _tokens);
        Delays.Add(delay);
        if (gap is { } since)
        {
            Gaps.Add(since);
            if (since > latestGap)
            {
                Interlocked.Increment(ref _late);
            }
        }
    }
}
