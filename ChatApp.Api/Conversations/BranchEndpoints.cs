using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Conversations;

/// <summary>Moving in a conversation's tree.</summary>
internal static class BranchEndpoints
{
    public static void MapBranches(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/{id:guid}/current-message", Show)
            .WithName("ShowMessage").WithSummary("Shows the branch through a message, down to its newest end. Also while an answer is being written.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/{id:guid}/branches", Branch)
            .WithName("BranchConversation").WithSummary("Begins a new conversation with a copy of this one up to and including a message.")
            .WithDescription("The copy stands for itself. It is refused while that message is being written, and beyond 2,000 messages.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Conversation>, ValidationProblem, ProblemHttpResult>> Show(
        Guid id, MessageReference message, ClaimsPrincipal principal, BranchStore branches, CancellationToken cancellationToken) =>
        await branches.ShowAsync(id, principal.UserId, message.MessageId!.Value, cancellationToken) switch
        {
            null => Problems.NotFound("conversation"),
            (_, HasMessage: false) => Problems.NotFound("message"),
            var (conversation, _) => TypedResults.Ok(conversation),
        };

    private static async Task<Results<Created<Conversation>, ValidationProblem, ProblemHttpResult>> Branch(
        Guid id, MessageReference message, ClaimsPrincipal principal, BranchStore branches, CancellationToken cancellationToken) =>
        await branches.BranchAsync(id, principal.UserId, message.MessageId!.Value, cancellationToken) switch
        {
            { Conversation: { } made } => TypedResults.Created($"/api/conversations/{made.Id}", made),
            { Source: null } => Problems.NotFound("conversation"),
            { Source.Messages: null } => Problems.NotFound("message"),
            { Source.IsFinal: false } => Problems.Conflict("This answer is still being written. Wait for it, or stop it."),
            _ => Problems.Conflict($"A branch copies {Branching.MaxMessages} messages at most. Choose an earlier one."),
        };
}

/// <summary>One of the conversation's messages.</summary>
/// <param name="MessageId">The message's id.</param>
public sealed record MessageReference([Required(ErrorMessage = "Say which message.")] Guid? MessageId);
