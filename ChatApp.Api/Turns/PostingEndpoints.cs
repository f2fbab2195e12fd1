using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Tokens;
using ChatApp.Api.Moderation.Input;
using Microsoft.AspNetCore.Mvc;
using Posted = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ChatApp.Api.Turns.Turn>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult,
    ChatApp.Api.Errors.RetryLaterResult>;

namespace ChatApp.Api.Turns;

/// <summary>The ways to ask for an answer.</summary>
internal static class PostingEndpoints
{
    private const int MaxKeyLength = 128;

    private const string AboutKeys =
        "With the header Idempotency-Key, repeating the same request answers the same turn; the same key for anything else is refused.";

    public static void MapPosting(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/conversations/{id:guid}")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

        group.MapPost("/turns", Say)
            .WithName("PostTurn").WithSummary("Says something, or says an earlier message in other words. The answer is written in the background; follow the turn's events.")
            .WithDescription($"An edit stands beside the message that editOf names, with an answer of its own; nothing is overwritten. {AboutKeys}");
        group.MapPost("/messages/{messageId:guid}/regenerate", Regenerate)
            .WithName("RegenerateAnswer").WithSummary("Has another answer written to the same message. The earlier one stays beside it.")
            .WithDescription(AboutKeys);
        group.MapPost("/messages/{messageId:guid}/continue", Continue)
            .WithName("ContinueAnswer").WithSummary("Goes on with an answer that was stopped, broken off, or cut off for its length.")
            .WithDescription($"The new answer begins with the text so far and takes the old one's place. Messages say by canContinue where this is possible. {AboutKeys}");
    }

    private static Task<Posted> Say(
        Guid id,
        PostTurnRequest body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        ClaimsPrincipal principal,
        MeteredAcceptance acceptance,
        PostedTextGate gate,
        TurnSignals signals,
        CancellationToken cancellationToken)
    {
        var request = body.EditOf is { } original ? TurnRequest.Edit(original, body.Text) : TurnRequest.Say(body.Text);
        return AcceptAsync(id, request, idempotencyKey, principal, acceptance, gate, signals, cancellationToken);
    }

    private static Task<Posted> Regenerate(
        Guid id,
        Guid messageId,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        ClaimsPrincipal principal,
        MeteredAcceptance acceptance,
        PostedTextGate gate,
        TurnSignals signals,
        CancellationToken cancellationToken) =>
        AcceptAsync(id, TurnRequest.Regenerate(messageId), idempotencyKey, principal, acceptance, gate, signals, cancellationToken);

    private static Task<Posted> Continue(
        Guid id,
        Guid messageId,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        ClaimsPrincipal principal,
        MeteredAcceptance acceptance,
        PostedTextGate gate,
        TurnSignals signals,
        CancellationToken cancellationToken) =>
        AcceptAsync(id, TurnRequest.Continue(messageId), idempotencyKey, principal, acceptance, gate, signals, cancellationToken);

    private static async Task<Posted> AcceptAsync(
        Guid conversationId,
        TurnRequest request,
        string? idempotencyKey,
        ClaimsPrincipal principal,
        MeteredAcceptance acceptance,
        PostedTextGate gate,
        TurnSignals signals,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is { Length: 0 or > MaxKeyLength })
        {
            return Problems.Invalid("Idempotency-Key", $"A key has 1 to {MaxKeyLength} characters.");
        }

        PostedText? posted = null;
        if (request.Text is { } text)
        {
            posted = await gate.JudgeAsync(principal.UserId, principal.Role, conversationId, text, cancellationToken);
            if (posted.Refusal is { } blocked)
            {
                return blocked;
            }

            request = request with { Text = posted.Text };
        }

        var (acceptedAs, refusal) = await acceptance.AcceptAsync(conversationId, principal, request, idempotencyKey, cancellationToken);
        if (acceptedAs is not { } accepted)
        {
            return refusal!;
        }

        var (verdict, turn) = accepted;
        if (verdict == Verdict.Accepted)
        {
            if (posted?.Decision is { } decision)
            {
                await gate.KeepAsync(decision, turn!.Id, turn.UserMessageId, cancellationToken);
            }

            signals.AnnounceQueued();
        }

        return turn is null ? Refuse(verdict) : TypedResults.Accepted(TurnRoutes.Turn(turn.Id), turn);
    }

    private static Posted Refuse(Verdict verdict) => verdict switch
    {
        Verdict.NoMessage => Problems.NotFound("message"),
        Verdict.KeyReused => Problems.Conflict("This Idempotency-Key was used before for another request. Make a new key for each message."),
        Verdict.NotSaidByUser => Problems.Invalid(nameof(PostTurnRequest.EditOf), "Only what you said yourself can be edited. Ask for another answer instead."),
        Verdict.NotAnAnswer => Problems.Conflict("This is not an answer. What you said yourself can be edited."),
        Verdict.Blocked => Problems.Conflict("The message that this answers was blocked, so nothing answers it. Say it in other words."),
        Verdict.Busy => Problems.Conflict("The last message of this conversation is still being answered. Wait for it, or stop it."),
        Verdict.ContinuedAlready => Problems.Conflict("This answer was continued already. Look at the conversation again."),
        Verdict.Empty => Problems.Conflict("Nothing of this answer was written, so there is nothing to continue. Ask for another answer instead."),
        Verdict.Whole => Problems.Conflict("This answer is whole, so there is nothing to continue. Ask for another answer instead."),
        Verdict.CannotContinue => Problems.Conflict("This character's model cannot continue an answer. Ask for another answer instead."),
        Verdict.TooMany => Problems.TooMany(TimeSpan.FromSeconds(5), "Several of your conversations are being answered already. Wait for one of them."),
        Verdict.QueueFull => Problems.TooMany(TimeSpan.FromSeconds(10), "More messages are waiting for an answer than can be taken at the moment. Try again in a little while."),
        _ => Problems.NotFound("conversation"),
    };
}
