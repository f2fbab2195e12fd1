namespace ChatApp.Faults.Clients;

/// <summary>How a reader behaves.</summary>
public sealed record ReaderStyle
{
    /// <summary>The chance that it drops its connection after an event, and comes back with the event's id.</summary>
    public double CutChance { get; init; }

    /// <summary>Bytes a second that it reads; null for as fast as it gets them.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>How long it waits before it comes back.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(50);

    public int Seed { get; init; }
}
