using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Telemetry;

/// <summary>How a call ended, as a metric's tag.</summary>
internal static class CallOutcome
{
    public const string Completed = "completed";
    public const string Rejected = "rejected";
    public const string Refused = "refused";
    public const string ClientGone = "client_gone";
    public const string EngineUnavailable = "engine_unavailable";
    public const string EngineTimedOut = "engine_timeout";
    public const string EngineFailed = "engine_failed";

    public static string Of(HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested && context.GetForwarderErrorFeature()?.Error is not ForwarderError.ResponseBodyDestination)
        {
            return ClientGone;
        }

        if (context.GetForwarderErrorFeature() is { Error: ForwarderError.ResponseBodyDestination })
        {
            return EngineFailed;
        }

        return context.Response.StatusCode switch
        {
            503 => EngineUnavailable,
            504 => EngineTimedOut,
            >= 500 => EngineFailed,
            >= 400 => Rejected,
            _ => Completed,
        };
    }
}
