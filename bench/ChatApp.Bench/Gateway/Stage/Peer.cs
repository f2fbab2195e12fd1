namespace ChatApp.Bench.Gateway.Stage;

/// <summary>How another product is started; or, when it is not here, how to get it.</summary>
internal sealed record Peer
{
    public string Name { get; init; } = "";

    public string Program { get; init; } = "";

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>More header lines that it needs, each with its end.</summary>
    public string Headers { get; init; } = "";

    /// <summary>What has to be known of its figures; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Said instead of its figures; null when it is here.</summary>
    public string? HowToGet { get; init; }
}
