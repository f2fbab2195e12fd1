using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Attempts;

/// <summary>Notes the try at the target that the load balancing chose; without one there is nothing to forward.</summary>
internal sealed class TargetChosen(RequestDelegate next, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (context.GetReverseProxyFeature().AvailableDestinations is [var destination])
        {
            call.Attempts.Add(new CallAttempt(call.Candidates[destination.DestinationId], time.GetTimestamp()));
        }

        return next(context);
    }
}
