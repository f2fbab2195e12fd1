using ChatApp.Inference.Calls;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Metering;

/// <summary>How a call went and what it took, once it has ended.</summary>
internal readonly record struct CallRecord
{
    /// <summary>What it asked for.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>The model that answered, by the configuration's name.</summary>
    public required string Model { get; init; }

    /// <summary>The target tried last; null when none was.</summary>
    public required ModelTarget? Target { get; init; }

    /// <summary>One of <see cref="Telemetry.CallOutcome"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Tokens and cost.</summary>
    public required CallCharge Charge { get; init; }

    /// <summary>Whether the answer came from the cache.</summary>
    public required bool IsFromCache { get; init; }

    /// <summary>From its arrival to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>From its arrival to the first token; null when there was none.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>Between two tokens, on average; null with fewer than two.</summary>
    public TimeSpan? PerToken { get; init; }

    /// <summary>The record of a call that has ended.</summary>
    public static CallRecord Of(GatewayCall call, string outcome, TimeProvider time)
    {
        var usage = call.Usage;
        var charge = call.Charge;
        TimeSpan? first = usage.FirstTokenAt is { } at ? time.GetElapsedTime(call.Began, at) : null;
        return new CallRecord
        {
            Kind = call.Kind,
            Model = call.Model.Name,
            Target = call.Target,
            Outcome = outcome,
            Charge = charge,
            IsFromCache = call.IsFromCache,
            Duration = time.GetElapsedTime(call.Began),
            FirstToken = first,
            PerToken = usage is { FirstTokenAt: { } from, LastTokenAt: { } to } && charge.OutputTokens > 1
                ? time.GetElapsedTime(from, to) / (charge.OutputTokens - 1)
                : null,
        };
    }
}
