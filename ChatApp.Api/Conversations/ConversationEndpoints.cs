using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Paging;
using ChatApp.Api.Turns;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Conversations;

internal static class ConversationEndpoints
{
    public static void AddConversations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConversationStore>();
        builder.Services.AddSingleton<MessageStore>();
        builder.Services.AddSingleton<BranchStore>();
    }

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/conversations").WithTags("Conversations").RequireAuthorization().TakesKeys(ApiScope.Chat)
            .ProducesProblem(StatusCodes.Status401Unauthorized);

        group.MapPost("/", Start)
            .WithName("StartConversation").WithSummary("Begins a conversation with a character.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", List)
            .WithName("ListConversations").WithSummary("Your conversations, newest activity first.");
        group.MapGet("/{id:guid}", Get)
            .WithName("GetConversation").WithSummary("One conversation.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{id:guid}", Rename)
            .WithName("RenameConversation").WithSummary("Gives a conversation another title.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapDelete("/{id:guid}", Delete)
            .WithName("DeleteConversation").WithSummary("Deletes a conversation with all its messages, and stops its running turn.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id:guid}/messages", Messages)
            .WithName("ListMessages").WithSummary("The messages of the active path, oldest first; the newest page first.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapBranches();
    }

    private static async Task<Results<Created<Conversation>, ValidationProblem, ProblemHttpResult>> Start(
        StartConversationRequest request, ClaimsPrincipal principal, ConversationStore conversations, CancellationToken cancellationToken) =>
        await conversations.CreateAsync(principal.UserId, request.CharacterId!.Value, cancellationToken) is { } conversation
            ? TypedResults.Created($"/api/conversations/{conversation.Id}", conversation)
            : Problems.NotFound("character");

    private static async Task<Results<Ok<Page<Conversation>>, ValidationProblem>> List(
        ClaimsPrincipal principal,
        ConversationStore conversations,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null) =>
        Cursor.TryDecode(CursorList.Conversations, cursor, out var after)
            ? TypedResults.Ok(await conversations.ListAsync(principal.UserId, after, limit, cancellationToken))
            : Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);

    private static async Task<Results<Ok<Conversation>, ProblemHttpResult>> Get(
        Guid id, ClaimsPrincipal principal, ConversationStore conversations, CancellationToken cancellationToken) =>
        await conversations.FindAsync(id, principal.UserId, cancellationToken) is { } conversation
            ? TypedResults.Ok(conversation)
            : Problems.NotFound("conversation");

    private static async Task<Results<Ok<Conversation>, ValidationProblem, ProblemHttpResult>> Rename(
        Guid id,
        RenameConversationRequest request,
        ClaimsPrincipal principal,
        ConversationStore conversations,
        WrittenText written,
        CancellationToken cancellationToken)
    {
        var title = request.Title.Trim();
        if (await written.RefusalAsync(ModerationSource.Name, title, principal.UserId, principal.Role, null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await conversations.RenameAsync(id, principal.UserId, title, cancellationToken) is { } conversation
            ? TypedResults.Ok(conversation)
            : Problems.NotFound("conversation");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, ClaimsPrincipal principal, ConversationStore conversations, TurnSignals signals, CancellationToken cancellationToken)
    {
        if (await conversations.DeleteAsync(id, principal.UserId, cancellationToken) is not { } turns)
        {
            return Problems.NotFound("conversation");
        }

        foreach (var turn in turns)
        {
            signals.AnnounceCancel(turn);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<MessagePage>, ValidationProblem, ProblemHttpResult>> Messages(
        Guid id,
        ClaimsPrincipal principal,
        MessageStore messages,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (!Cursor.TryDecode(CursorList.Messages, cursor, out var before))
        {
            return Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
        }

        return await messages.ListAsync(id, principal.UserId, before, limit, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : Problems.NotFound("conversation");
    }
}
