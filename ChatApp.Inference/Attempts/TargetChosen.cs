using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Attempts;

/// <summary>Notes the try at the target that the load balancing chose; without one there is nothing to forward.</summary>
internal sealed class TargetChosen(RequestDelegate next, EngineHealth health, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (context.GetReverseProxyFeature().AvailableDestinations is not [var destination])
        {
            return Task.CompletedTask;
        }

        var target = call.Candidates[destination.DestinationId];
        health.Begin(target.Engine);
        call.Attempts.Add(new CallAttempt(target, time.GetTimestamp()));
        return next(context);
    }
}
