using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Routing;

/// <summary>Keeps of the engines those that serve the model that the call names.</summary>
internal sealed class ModelRouting(RequestDelegate next, EngineModels models)
{
    public Task InvokeAsync(HttpContext context) => models.Decides ? RouteAsync(context) : next(context);

    private async Task RouteAsync(HttpContext context)
    {
        // Bounded by Kestrel's MaxRequestBodySize, which ends the read with 413.
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var model = RequestedModel.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
        if (model is null)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest("The body must be a JSON object with the text 'model'."));
            return;
        }

        if (!models.TryGet(model, out var engines))
        {
            await GatewayErrors.WriteAsync(context, GatewayError.UnknownModel(model));
            return;
        }

        var proxy = context.GetReverseProxyFeature();
        proxy.AvailableDestinations = [.. proxy.AvailableDestinations.Where(destination => engines.Contains(destination.DestinationId))];
        body.Position = 0;
        context.Request.Body = body;
        await next(context);
    }
}
