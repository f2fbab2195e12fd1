using ChatApp.Bench.Gateway.Stage;

namespace ChatApp.Bench.Gateway;

/// <summary>The time to the first token, one caller, in milliseconds.</summary>
/// <param name="Target">Who was asked.</param>
/// <param name="P50">Of each round.</param>
/// <param name="P99">Of each round.</param>
internal sealed record FirstTokenRow(Target Target, List<double> P50, List<double> P99);

/// <summary>How many requests a second were answered with their one token.</summary>
/// <param name="Target">Who was asked.</param>
/// <param name="PerSecond">Answers.</param>
/// <param name="Failed">Calls that were not answered so.</param>
/// <param name="P50">Milliseconds to the token.</param>
/// <param name="P99">Milliseconds to the token.</param>
/// <param name="CpuMicroseconds">Processor time of the target's process a request.</param>
/// <param name="CoreShare">Of a core, what the target's process took.</param>
internal sealed record ThroughputRow(Target Target, double PerSecond, int Failed, double P50, double P99, double CpuMicroseconds, double CoreShare);

/// <summary>Many streams at once.</summary>
/// <param name="Target">Who was asked.</param>
/// <param name="Streams">How many.</param>
/// <param name="Failed">Streams that did not end well.</param>
/// <param name="Failure">What was wrong with the first of those.</param>
/// <param name="Lost">Tokens that never came.</param>
/// <param name="Repeated">Tokens that came again.</param>
/// <param name="Late">Tokens that came later than twice their pace.</param>
internal sealed record StreamsRow(Target Target, int Streams, int Failed, string? Failure, long Lost, long Repeated, long Late)
{
    private const double LongestGap = 200;
    private const double LongestFirst = 1000;

    // Where simulator and generator have no more room, a row says nothing about its target.
    private const double FullLoad = 0.95;

    /// <summary>Milliseconds to the first token.</summary>
    public required double FirstP99 { get; init; }

    /// <summary>Milliseconds from token to token.</summary>
    public required double GapP50 { get; init; }

    public required double GapP99 { get; init; }

    /// <summary>Milliseconds from the engine's sending to the caller's having it.</summary>
    public required double DelayP50 { get; init; }

    public required double DelayP99 { get; init; }

    /// <summary>Processor time of the target's process a token, in microseconds.</summary>
    public required double CpuMicroseconds { get; init; }

    /// <summary>Of a core, what the target's process took.</summary>
    public required double CoreShare { get; init; }

    /// <summary>Of their cores, what simulator and generator took together.</summary>
    public required double LoadShare { get; init; }

    /// <summary>The target's resident memory with all streams there.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether nothing was lost, and nothing so slow that a reader would notice.</summary>
    public bool Holds => Failed == 0 && Lost == 0 && Repeated == 0 && GapP99 <= LongestGap && FirstP99 <= LongestFirst;

    /// <summary>Whether the measuring side was at its own end.</summary>
    public bool IsBoundByLoad => LoadShare >= FullLoad;
}
