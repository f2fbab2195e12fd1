namespace ChatApp.Bench.Gateway;

/// <summary>How much is measured.</summary>
internal sealed record GatewayPlan
{
    /// <summary>Tokens a second of every stream.</summary>
    public const int Rate = 10;

    /// <summary>The parts that <c>--only</c> takes.</summary>
    public const string FirstToken = "first-token";
    public const string Throughput = "throughput";
    public const string Streams = "streams";

    public static readonly string[] Parts = [FirstToken, Throughput, Streams];

    /// <summary>Rounds of the first token; in each, everybody is asked in turn.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Questions a round.</summary>
    public int Questions { get; init; } = 150;

    /// <summary>Callers at once where requests a second are counted.</summary>
    public int Callers { get; init; } = 32;

    /// <summary>How long they ask.</summary>
    public TimeSpan Asking { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How many streams at once, one row each.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [500, 1000, 2000, 2500, 3000];

    /// <summary>Over how long the streams of a row begin.</summary>
    public TimeSpan Arriving { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long all of them are there.</summary>
    public TimeSpan Holding { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Of each pass before anything is counted.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The parts that are measured; none for all.</summary>
    public IReadOnlyCollection<string> Only { get; init; } = [];

    /// <summary>A look at whether everything works, not a measurement.</summary>
    public static GatewayPlan Quick { get; } = new()
    {
        Rounds = 2,
        Questions = 50,
        Asking = TimeSpan.FromSeconds(2),
        Steps = [250, 1000],
        Arriving = TimeSpan.FromSeconds(3),
        Holding = TimeSpan.FromSeconds(4),
        WarmUp = TimeSpan.FromSeconds(1),
    };

    public bool Measures(string part) => Only.Count == 0 || Only.Contains(part);
}
