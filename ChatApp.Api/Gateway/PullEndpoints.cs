using System.Net;
using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Gateway.Contracts;
using ChatApp.Api.Turns.Events;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Gateway;

internal static class PullEndpoints
{
    public static void MapPulls(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/engines/{name}/pulls", Start)
            .WithName("StartPull").WithSummary("Has an engine pull a model; one that it is pulling already goes on, and is answered with 200.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapGet("/pulls", List)
            .WithName("ListPulls").WithSummary("The newest pulls, at most 50.");
        routes.MapGet("/pulls/{id}", Get)
            .WithName("GetPull").WithSummary("How far a pull is.").ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/pulls/{id}/events", Follow)
            .WithName("FollowPull").WithSummary("How far a pull is, as events 'progress', until it has ended.")
            .Produces(StatusCodes.Status200OK, contentType: TurnEventStream.ContentType)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests);
        routes.MapDelete("/pulls/{id}", Cancel)
            .WithName("CancelPull").WithSummary("Stops a pull. What has come is kept by the engine for the next time.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Accepted<Pull>, Ok<Pull>, ValidationProblem>> Start(
        string name, PullRequest request, GatewayClient gateway, CancellationToken cancellationToken)
    {
        var (pull, status) = await gateway.SendAsync(
            HttpMethod.Post, $"engines/{Uri.EscapeDataString(name)}/pulls", request, GatewayJson.Default.PullRequest, GatewayJson.Default.Pull, cancellationToken);
        return status == HttpStatusCode.OK ? TypedResults.Ok(pull) : TypedResults.Accepted($"/api/admin/pulls/{Uri.EscapeDataString(pull.Id)}", pull);
    }

    private static async Task<Ok<ItemList<Pull>>> List(GatewayClient gateway, CancellationToken cancellationToken) =>
        TypedResults.Ok(await gateway.GetAsync("pulls", GatewayJson.Default.ItemListPull, cancellationToken));

    private static async Task<Ok<Pull>> Get(string id, GatewayClient gateway, CancellationToken cancellationToken) =>
        TypedResults.Ok(await gateway.GetAsync(Path(id), GatewayJson.Default.Pull, cancellationToken));

    private static async Task<Results<PassedEvents, RetryLaterResult>> Follow(
        string id, ClaimsPrincipal principal, ReaderLimit limit, OpenReaders readers, GatewayClient gateway, CancellationToken cancellationToken)
    {
        if (limit.TryEnter(principal.UserId, ReaderKind.Turn) is not { } place)
        {
            return ReaderLimit.Refuse();
        }

        try
        {
            return new PassedEvents(await gateway.OpenAsync($"{Path(id)}/events", cancellationToken), place, principal.Access, readers);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private static async Task<NoContent> Cancel(string id, GatewayClient gateway, CancellationToken cancellationToken)
    {
        await gateway.DeleteAsync(Path(id), cancellationToken);
        return TypedResults.NoContent();
    }

    private static string Path(string id) => $"pulls/{Uri.EscapeDataString(id)}";
}
