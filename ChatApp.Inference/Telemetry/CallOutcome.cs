using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Telemetry;

/// <summary>How a call ended, as a metric's tag.</summary>
internal static class CallOutcome
{
    public const string Completed = "completed";
    public const string Rejected = "rejected";
    public const string Refused = "refused";
    public const string Busy = "busy";
    public const string OverBudget = "over_budget";
    public const string ClientGone = "client_gone";
    public const string EngineUnavailable = "engine_unavailable";
    public const string EngineTimedOut = "engine_timeout";
    public const string EngineFailed = "engine_failed";
    public const string Failed = "failed";

    /// <summary>Whether it counts as a failure in what was used; a caller that leaves has not failed.</summary>
    public static bool IsFailure(string outcome) => outcome is not (Completed or ClientGone);

    /// <summary>The outcome of a call that has ended.</summary>
    /// <param name="context">Its request.</param>
    /// <param name="call">What was read of it; null when it could not be.</param>
    /// <param name="thrown">What a stage threw, if one did.</param>
    public static string Of(HttpContext context, GatewayCall? call, Exception? thrown)
    {
        var failure = call?.Attempts is [.., var last] ? last.Failure : null;
        if (IsBrokenOff(context, failure))
        {
            return EngineFailed;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return ClientGone;
        }

        var status = thrown switch
        {
            null => context.Response.StatusCode,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        };
        return status switch
        {
            429 => call is { IsOverBudget: true } ? OverBudget : Busy,
            503 => EngineUnavailable,
            504 => EngineTimedOut,
            >= 500 => thrown is null ? EngineFailed : Failed,
            >= 400 => Rejected,
            // The answer had begun, so that its status says nothing of how it went on.
            _ => failure is null ? Completed : EngineFailed,
        };
    }

    // An engine that broke off in the middle can look like a caller that left: then the connection to it was closed.
    private static bool IsBrokenOff(HttpContext context, AttemptFailure? failure) =>
        context.Response.HasStarted
        && context.Response.StatusCode < StatusCodes.Status400BadRequest
        && (failure is { BlamesEngine: true } || context.GetForwarderErrorFeature() is { Error: ForwarderError.ResponseBodyDestination });
}
