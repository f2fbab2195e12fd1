using ChatApp.Api.Gateway.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Gateway;

internal static class LocalModelEndpoints
{
    public static void MapLocalModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/engines/{name}/local-models", List)
            .WithName("ListLocalModels").WithSummary("The models that an engine has on its disk.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapGet("/engines/{engine}/local-model", Get)
            .WithName("GetLocalModel").WithSummary("What an engine tells of one of them.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapDelete("/engines/{engine}/local-model", Delete)
            .WithName("DeleteLocalModel").WithSummary("Deletes one of them from the disk.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ItemList<LocalModel>>> List(string name, GatewayClient gateway, CancellationToken cancellationToken) =>
        TypedResults.Ok(await gateway.GetAsync($"engines/{Uri.EscapeDataString(name)}/local-models", GatewayJson.Default.ItemListLocalModel, cancellationToken));

    private static async Task<Ok<LocalModelDetails>> Get(string engine, string name, GatewayClient gateway, CancellationToken cancellationToken) =>
        TypedResults.Ok(await gateway.GetAsync(Path(engine, name), GatewayJson.Default.LocalModelDetails, cancellationToken));

    private static async Task<NoContent> Delete(string engine, string name, GatewayClient gateway, CancellationToken cancellationToken)
    {
        await gateway.DeleteAsync(Path(engine, name), cancellationToken);
        return TypedResults.NoContent();
    }

    private static string Path(string engine, string name) => $"engines/{Uri.EscapeDataString(engine)}/local-model?name={Uri.EscapeDataString(name)}";
}
