using System.Security.Claims;
using ChatApp.Api.Accounts;
using ChatApp.Api.Errors;
using ChatApp.Api.Turns.Events;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ChatApp.Api.Turns;

internal static class TurnEndpoints
{
    private const int MaxKeyLength = 128;

    public static void MapTurns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Turns").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        group.MapPost("/conversations/{id:guid}/turns", Post)
            .WithName("PostTurn").WithSummary("Says something. The answer is written in the background; follow the turn's events.")
            .WithDescription("With the header Idempotency-Key, a repeated post of the same text answers the same turn; the same key with another text is refused.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/turns/{id:guid}", Get)
            .WithName("GetTurn").WithSummary("One turn.");
        group.MapPost("/turns/{id:guid}/cancel", Cancel)
            .WithName("CancelTurn").WithSummary("Stops a turn. What was written until then is kept; one that has ended stays as it is.");
        group.MapGet("/turns/{id:guid}/events", Events)
            .WithName("FollowTurn").WithSummary("The turn's events from the beginning, or after Last-Event-ID, until it ends.")
            .WithDescription("Answers 204 when nothing comes after the given event.")
            .Produces(StatusCodes.Status200OK, contentType: TurnEventStream.ContentType);
    }

    private static async Task<Results<Accepted<Turn>, ValidationProblem, ProblemHttpResult, RetryLaterResult>> Post(
        Guid id,
        PostTurnRequest request,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        ClaimsPrincipal principal,
        TurnAcceptance acceptance,
        TurnStore turns,
        TurnSignals signals,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is { Length: 0 or > MaxKeyLength })
        {
            return Problems.Invalid("Idempotency-Key", $"A key has 1 to {MaxKeyLength} characters.");
        }

        switch (await acceptance.AcceptAsync(id, principal.UserId, request.Text, idempotencyKey, cancellationToken))
        {
            case Acceptance.Accepted accepted:
                signals.AnnounceQueued();
                return TypedResults.Accepted(TurnRoutes.Turn(accepted.Turn.Id), accepted.Turn);
            case Acceptance.Repeated repeated when await turns.FindAsync(repeated.TurnId, principal.UserId, cancellationToken) is { } turn:
                return TypedResults.Accepted(TurnRoutes.Turn(turn.Id), turn.ToTurn());
            case Acceptance.KeyReused:
                return Problems.Conflict("This Idempotency-Key was used before for another message. Make a new key for each message.");
            case Acceptance.Busy:
                return Problems.Conflict("The last message of this conversation is still being answered. Wait for it, or stop it.");
            case Acceptance.TooMany:
                return Problems.TooMany(TimeSpan.FromSeconds(5), "Several of your conversations are being answered already. Wait for one of them.");
            default:
                return Problems.NotFound("conversation");
        }
    }

    private static async Task<Results<Ok<Turn>, ProblemHttpResult>> Get(
        Guid id, ClaimsPrincipal principal, TurnStore turns, CancellationToken cancellationToken) =>
        await turns.FindAsync(id, principal.UserId, cancellationToken) is { } turn
            ? TypedResults.Ok(turn.ToTurn())
            : Problems.NotFound("turn");

    private static async Task<Results<Accepted<Turn>, ProblemHttpResult>> Cancel(
        Guid id, ClaimsPrincipal principal, TurnStore turns, TurnEventLog log, TurnSignals signals, CancellationToken cancellationToken)
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
        else if (ended && StoredTurnEvents.After(new EventCursor(turn.EventSeq - 1, turn.Text.Length), turn) is [.., var outcome])
        {
            // No worker will: the turn ended here.
            await log.AppendAsync(id, turn.Attempt, outcome);
        }

        return TypedResults.Accepted(TurnRoutes.Turn(id), turn.ToTurn());
    }

    private static async Task<Results<TurnEventStream, NoContent, ValidationProblem, ProblemHttpResult>> Events(
        Guid id,
        [FromHeader(Name = "Last-Event-ID")] string? header,
        ClaimsPrincipal principal,
        TurnStore turns,
        TurnEventReader reader,
        TimeProvider time,
        CancellationToken cancellationToken,
        string? lastEventId = null)
    {
        if (!EventCursor.TryParse(string.IsNullOrEmpty(header) ? lastEventId : header, out var cursor))
        {
            return Problems.Invalid("Last-Event-ID", "This is not the id of an event. Leave it out to begin at the start.");
        }

        if (await turns.FindAsync(id, principal.UserId, cancellationToken) is not { } turn)
        {
            return Problems.NotFound("turn");
        }

        return turn.HasEnded && cursor.Seq >= turn.EventSeq
            ? TypedResults.NoContent()
            : new TurnEventStream(reader.FollowAsync(turn, principal.UserId, cursor, CancellationToken.None), time);
    }
}
