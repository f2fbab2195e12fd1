using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Telemetry;

/// <summary>Gives each try at a target a span of its own, which the request to the engine then is part of.</summary>
internal sealed class AttemptObserver(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => GatewayTrace.IsEnabled ? ObserveAsync(context) : next(context);

    private async Task ObserveAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (call.Attempts is not [.., var attempt])
        {
            await next(context);
            return;
        }

        var queuedBefore = call.Queued;
        using var span = GatewayTrace.StartAttempt(call, attempt);
        try
        {
            await next(context);
        }
        finally
        {
            if (span is { IsAllDataRequested: true })
            {
                // What the forwarder noted is judged after this stage, but the span ends with it.
                attempt.Failure ??= ForwarderFailures.Of(context, attempt);
                GatewayTrace.EndAttempt(span, call, attempt, call.Queued - queuedBefore);
            }
        }
    }
}
