using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Attempts;

/// <summary>Tries the targets of the model's chain.</summary>
internal sealed class AttemptLoop(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        var first = call.Model.Targets.Min(target => target.Priority);
        call.Candidates = call.Model.Targets.Where(target => target.Priority == first).ToDictionary(target => target.Engine.Name, StringComparer.OrdinalIgnoreCase);
        var proxy = context.GetReverseProxyFeature();
        proxy.AvailableDestinations = [.. proxy.AvailableDestinations.Where(destination => call.Candidates.ContainsKey(destination.DestinationId))];
        return next(context);
    }
}
