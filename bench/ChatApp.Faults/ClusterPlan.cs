namespace ChatApp.Faults;

/// <summary>What a cluster consists of.</summary>
public sealed record ClusterPlan
{
    /// <summary>Names its log files.</summary>
    public required string Name { get; init; }

    /// <summary>Where its processes write what they have to say.</summary>
    public required string LogFolder { get; init; }

    public int ApiNodes { get; init; } = 2;

    public int Workers { get; init; } = 4;

    /// <summary>Environment of every process of the Api, on top of what it needs to run at all.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
