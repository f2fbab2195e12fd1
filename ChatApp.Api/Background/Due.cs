namespace ChatApp.Api.Background;

/// <summary>A piece of work that was claimed.</summary>
internal record Due
{
    /// <summary>What it is about, and its row's key.</summary>
    public Guid Id { get; init; }

    /// <summary>What is wanted, where that may change while it is done: what became a newer wish is not dropped with the older.</summary>
    public Guid Wish { get; init; }

    /// <summary>Attempts that have been made, with this one.</summary>
    public int Failures { get; init; }

    /// <summary>Seconds since it was asked for.</summary>
    public double WaitedSeconds { get; init; }

    public TimeSpan Waited => TimeSpan.FromSeconds(WaitedSeconds);
}
