using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Turns;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Prompting.Kept;

/// <summary>What an answer was given, and the whole prompt that it was written to: for the person who asked for it, and nobody else.</summary>
internal static class TurnPromptEndpoints
{
    private const string NotKept = "The prompt of this answer is not kept: none was sent, or it is too long ago. Have the answer written again to see a new one.";

    public static void MapTurnPrompts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/turns/{id:guid}").WithTags("Turns").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/recall", Recall)
            .WithName("GetTurnRecall").WithSummary("The memories and snippets that the answer was given, and why.");
        group.MapGet("/prompt", Prompt)
            .WithName("GetTurnPrompt").WithSummary("Exactly what the model read before it answered. It is kept for a while only.");
    }

    private static async Task<Results<Ok<TurnRecall>, ProblemHttpResult>> Recall(
        Guid id, ClaimsPrincipal principal, TurnStore turns, CancellationToken cancellationToken) =>
        await turns.RecallAsync(id, principal.UserId, cancellationToken) is { } recall ? TypedResults.Ok(recall) : Problems.NotFound("turn");

    private static async Task<Results<Ok<TurnPrompt>, ProblemHttpResult>> Prompt(
        Guid id, ClaimsPrincipal principal, TurnPromptStore prompts, CancellationToken cancellationToken)
    {
        var (exists, prompt) = await prompts.FindAsync(id, principal.UserId, cancellationToken);
        return (exists, prompt) switch
        {
            (_, { } found) => TypedResults.Ok(found),
            (true, _) => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: NotKept),
            _ => Problems.NotFound("turn"),
        };
    }
}
