using ChatApp.Api.Gateway.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Gateway;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models", List)
            .WithName("ListModels").WithSummary("The models that people can pick, each with its chain of targets.");
        // By query: names of models have colons and slashes.
        routes.MapPut("/model", Put)
            .WithName("PutModel").WithSummary("Adds or replaces a model.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapDelete("/model", Delete)
            .WithName("DeleteModel").WithSummary("Removes a model that was added here; a configured one that it replaced comes back.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ItemList<GatewayModel>>> List(GatewayClient gateway, CancellationToken cancellationToken) =>
        TypedResults.Ok(await gateway.GetAsync("models", GatewayJson.Default.ItemListGatewayModel, cancellationToken));

    private static async Task<Results<Ok<GatewayModel>, ValidationProblem>> Put(
        string name, ModelChange change, GatewayClient gateway, CancellationToken cancellationToken)
    {
        var (model, _) = await gateway.SendAsync(
            HttpMethod.Put, Path(name), change with { Targets = change.Targets ?? [] }, GatewayJson.Default.ModelChange, GatewayJson.Default.GatewayModel, cancellationToken);
        return TypedResults.Ok(model);
    }

    private static async Task<NoContent> Delete(string name, GatewayClient gateway, CancellationToken cancellationToken)
    {
        await gateway.DeleteAsync(Path(name), cancellationToken);
        return TypedResults.NoContent();
    }

    private static string Path(string name) => $"model?name={Uri.EscapeDataString(name)}";
}
