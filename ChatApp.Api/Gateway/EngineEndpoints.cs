using ChatApp.Api.Gateway.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Gateway;

internal static class EngineEndpoints
{
    public static void MapEngines(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/engines", List)
            .WithName("ListEngines").WithSummary("The engines and providers, with their condition and load.");
        routes.MapPut("/engines/{name}", Put)
            .WithName("PutEngine").WithSummary("Adds or changes an engine. Its key is named, never given.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapDelete("/engines/{name}", Delete)
            .WithName("DeleteEngine").WithSummary("Removes an engine that was added here and that no model uses.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ItemList<GatewayEngine>>> List(GatewayClient gateway, CancellationToken cancellationToken) =>
        TypedResults.Ok(await gateway.GetAsync("engines", GatewayJson.Default.ItemListGatewayEngine, cancellationToken));

    private static async Task<Results<Ok<GatewayEngine>, ValidationProblem>> Put(
        string name, EngineChange change, GatewayClient gateway, CancellationToken cancellationToken)
    {
        var (engine, _) = await gateway.SendAsync(
            HttpMethod.Put, $"engines/{Uri.EscapeDataString(name)}", change, GatewayJson.Default.EngineChange, GatewayJson.Default.GatewayEngine, cancellationToken);
        return TypedResults.Ok(engine);
    }

    private static async Task<NoContent> Delete(string name, GatewayClient gateway, CancellationToken cancellationToken)
    {
        await gateway.DeleteAsync($"engines/{Uri.EscapeDataString(name)}", cancellationToken);
        return TypedResults.NoContent();
    }
}
