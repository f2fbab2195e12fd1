using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Placement;

/// <summary>Around each try: says how the target comes to be chosen, and remembers where a conversation was answered.</summary>
internal sealed class PlacementStage(RequestDelegate next, EngineLoads loads, KeptPlacements kept, IOptions<GatewayOptions> options)
{
    private readonly string _placement = options.Value.Placement;
    private readonly bool _keeps = options.Value.Placement == PlacementWords.Prefix;

    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        var tries = call.Attempts.Count;

        // YARP asks no policy where there is one destination.
        call.Placed = context.GetReverseProxyFeature().AvailableDestinations.Count > 1 ? _placement : PlacementWords.Only;
        if (!_keeps || call.Kind == CallKind.Embedding || call.Model.Targets.Length < 2)
        {
            await next(context);
            return;
        }

        await next(context);
        if (call.Attempts.Count > tries && HasRead(context, call, call.Attempts[^1]))
        {
            kept.Keep(call.PlacementKey ??= PlacementKey.Of(call), loads.Of(call.Attempts[^1].Target.Engine), call.Attempts[^1].Began);
        }
    }

    // Even where the answer ended badly, or nobody waited for it: the prompt was read if there was a token.
    private static bool HasRead(HttpContext context, GatewayCall call, CallAttempt attempt) =>
        call.Usage.FirstTokenAt is not null || (attempt.Failure is null && context.GetForwarderErrorFeature() is null);
}
