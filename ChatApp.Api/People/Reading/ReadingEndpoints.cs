using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Conversations;
using ChatApp.Api.Errors;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.People.Reading;

/// <summary>Administrators read what others wrote: with a reason, which is in the audit log before they see anything.</summary>
internal static class ReadingEndpoints
{
    private const int LeastReason = 8;
    private const int MostReason = 500;
    private const string ReasonMessage = "Say why you read this, in 8 to 500 characters: it is kept in the audit log.";

    public static void MapReading(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/{id:guid}/conversations", Conversations).RequireAuthorization(Policies.Admin)
            .WithName("ReadPersonConversations").WithSummary("Somebody's conversations. The reason is kept in the audit log.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/conversations/{id:guid}/messages", Messages).RequireAuthorization(Policies.Admin)
            .WithName("ReadConversationMessages").WithSummary("The messages of somebody's conversation, as they see them. The reason is kept in the audit log.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Page<Conversation>>, ValidationProblem, ProblemHttpResult>> Conversations(
        Guid id,
        HttpContext context,
        PeopleStore people,
        ConversationStore conversations,
        ReadingRecord record,
        CancellationToken cancellationToken,
        string? reason = null,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (!Cursor.TryDecode(CursorList.Conversations, cursor, out var after))
        {
            return Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
        }

        if (Given(reason) is not { } given)
        {
            return Problems.Invalid(nameof(reason), ReasonMessage);
        }

        if (await people.FindAsync(id, cancellationToken) is null)
        {
            return Problems.NotFound("account");
        }

        await record.NoteAsync(context, "conversations", id, id, given, cancellationToken);
        return TypedResults.Ok(await conversations.ListAsync(id, after, limit, cancellationToken));
    }

    private static async Task<Results<Ok<MessagePage>, ValidationProblem, ProblemHttpResult>> Messages(
        Guid id,
        HttpContext context,
        PeopleStore people,
        MessageStore messages,
        ReadingRecord record,
        CancellationToken cancellationToken,
        string? reason = null,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (!Cursor.TryDecode(CursorList.Messages, cursor, out var before))
        {
            return Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
        }

        if (Given(reason) is not { } given)
        {
            return Problems.Invalid(nameof(reason), ReasonMessage);
        }

        if (await people.OwnerAsync(id, cancellationToken) is not { } owner)
        {
            return Problems.NotFound("conversation");
        }

        await record.NoteAsync(context, "conversation", id, owner, given, cancellationToken);
        return await messages.ListAsync(id, owner, before, limit, cancellationToken) is { } page ? TypedResults.Ok(page) : Problems.NotFound("conversation");
    }

    private static string? Given(string? reason) => reason?.Trim() is { Length: >= LeastReason and <= MostReason } given ? given : null;
}
