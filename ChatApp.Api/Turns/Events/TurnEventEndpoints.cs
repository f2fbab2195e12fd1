using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ChatApp.Api.Turns.Events;

internal static class TurnEventEndpoints
{
    public static void MapTurnEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/turns/{id:guid}/events", Follow).WithTags("Turns").RequireAuthorization()
            .WithName("FollowTurn").WithSummary("The turn's events from the beginning, or after Last-Event-ID, until it ends.")
            .WithDescription("Answers 204 when nothing comes after the given event.")
            .Produces(StatusCodes.Status200OK, contentType: TurnEventStream.ContentType)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<TurnEventStream, NoContent, ValidationProblem, ProblemHttpResult, RetryLaterResult>> Follow(
        Guid id,
        [FromHeader(Name = "Last-Event-ID")] string? header,
        ClaimsPrincipal principal,
        TurnStore turns,
        CursorCheck cursors,
        ReaderLimit limit,
        TurnFeeds feeds,
        OpenReaders readers,
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

        if (await cursors.IsWrongAsync(cursor, turn))
        {
            return Problems.Invalid("Last-Event-ID", CursorCheck.Refusal);
        }

        if (turn.HasEnded && cursor.Seq == turn.EventSeq)
        {
            return TypedResults.NoContent();
        }

        return limit.TryEnter(principal.UserId, ReaderKind.Turn) is { } place
            ? new TurnEventStream(turn, cursor, place, principal.Access, feeds, readers, time)
            : ReaderLimit.Refuse();
    }
}
