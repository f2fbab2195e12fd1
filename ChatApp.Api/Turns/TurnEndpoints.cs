using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Tokens;
using ChatApp.Api.Turns.Events;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Turns;

internal static class TurnEndpoints
{
    public static void MapTurns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Turns").RequireAuthorization().TakesKeys(ApiScope.Chat)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        group.MapPosting();
        group.MapGet("/turns/{id:guid}", Get)
            .WithName("GetTurn").WithSummary("One turn.");
        group.MapPost("/turns/{id:guid}/cancel", Cancel)
            .WithName("CancelTurn").WithSummary("Stops a turn. What was written until then is kept; one that has ended stays as it is.");
    }

    private static async Task<Results<Ok<Turn>, ProblemHttpResult>> Get(
        Guid id, ClaimsPrincipal principal, TurnStore turns, CancellationToken cancellationToken) =>
        await turns.FindAsync(id, principal.UserId, cancellationToken) is { } turn
            ? TypedResults.Ok(turn.ToTurn())
            : Problems.NotFound("turn");

    private static async Task<Results<Accepted<Turn>, ProblemHttpResult>> Cancel(
        Guid id, ClaimsPrincipal principal, TurnStore turns, TurnEventLog log, TurnSignals signals, TokenSettlement settlement, CancellationToken cancellationToken)
    {
        if (await turns.CancelAsync(id, principal.UserId, cancellationToken) is not { } cancelled)
        {
            return Problems.NotFound("turn");
        }

        var (turn, ended, asked) = cancelled;
        if (asked)
        {
            signals.AnnounceCancel(id);
        }
        else if (ended)
        {
            await settlement.SettleAsync(id);
        }

        if (ended && StoredTurnEvents.After(new EventCursor(turn.EventSeq - 1, turn.Text.Length), turn) is [.., var outcome])
        {
            // No worker will: the turn ended here.
            await log.AppendAsync(id, turn.Attempt, outcome);
        }

        return TypedResults.Accepted(TurnRoutes.Turn(id), turn.ToTurn());
    }
}
