using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Memory;

/// <summary>What a character knows of the signed-in person: theirs to see, to change and to take away.</summary>
internal static class MemoryEndpoints
{
    private const int MaxQuery = 500;

    public static void MapMemory(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/characters/{id:guid}").WithTags("Memory").RequireAuthorization().TakesKeys(ApiScope.Memory)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

        group.MapGet("/memory", Get)
            .WithName("GetMemory").WithSummary("Whether the character remembers you, and how much.");
        group.MapPut("/memory", Set)
            .WithName("SetMemory").WithSummary("Switches the character's memory of you on or off, and whether outside providers are kept from it.")
            .WithDescription("Off keeps what there is, but recalls nothing and adds nothing; what is said meanwhile is not taken in later.");
        group.MapGet("/memories", List)
            .WithName("ListMemories").WithSummary("What the character knows of you: what was said last first, or with q the best matches first.");
        group.MapPost("/memories", Add)
            .WithName("AddMemory").WithSummary("Tells the character something to know, as a note.").ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPatch("/memories/{memoryId:guid}", Change)
            .WithName("ChangeMemory").WithSummary("Pins a memory, weighs it, or puts it into other words, which makes it a note of your own.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapDelete("/memories/{memoryId:guid}", Delete)
            .WithName("DeleteMemory").WithSummary("Deletes a memory. The message stays in its conversation, and is not remembered again.");
        group.MapDelete("/memories", Wipe)
            .WithName("WipeMemories").WithSummary("Deletes all that the character knows of you. What was said until now is not remembered again.")
            .WithDescription("Conversations stay as they are, with the summaries of their older parts; delete a conversation to be rid of those.");
        group.MapGet("/memories/export", Export)
            .WithName("ExportMemories").WithSummary("All that the character knows of you, as a file.")
            .WithDescription("JSON: format (1), exportedAt, characterId, remembers, staysInside, and memories as the list gives them, what was said last first.")
            .Produces<MemoryExportFile>(contentType: "application/json");
    }

    private static async Task<Results<Ok<MemorySettings>, ProblemHttpResult>> Get(
        Guid id, ClaimsPrincipal principal, MemorySettingsStore settings, CancellationToken cancellationToken) =>
        Scope(principal, id) is { } scope && await settings.FindAsync(scope, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("character");

    private static async Task<Results<Ok<MemorySettings>, ValidationProblem, ProblemHttpResult>> Set(
        Guid id, SetMemoryRequest request, ClaimsPrincipal principal, MemorySettingsStore settings, CancellationToken cancellationToken) =>
        Scope(principal, id) is { } scope
            && await settings.SetAsync(scope, request.Remembers!.Value, request.StaysInside!.Value, cancellationToken) is { } now
            ? TypedResults.Ok(now)
            : Problems.NotFound("character");

    private static async Task<Results<Ok<Page<StoredMemory>>, ValidationProblem, ProblemHttpResult, RetryLaterResult>> List(
        Guid id,
        ClaimsPrincipal principal,
        MemoryStore memories,
        MemoryFinder finder,
        MemorySettingsStore settings,
        CancellationToken cancellationToken,
        [StringLength(MaxQuery, MinimumLength = 1, ErrorMessage = "A search has 1 to 500 characters.")] string? q = null,
        string? kind = null,
        bool? pinned = null,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (!Cursor.TryDecode(CursorList.Memories, cursor, out var after) || (q is not null && after is not null))
        {
            return Problems.Invalid(nameof(cursor), q is null ? PageLimits.CursorMessage : "A search has no pages: ask for more with limit, or in other words.");
        }

        if (!TryReadKind(kind, out var only))
        {
            return Problems.Invalid(nameof(kind), "Memories are of the kinds message, note and fact.");
        }

        if (Scope(principal, id) is not { } scope || await settings.FindAsync(scope, cancellationToken) is null)
        {
            return Problems.NotFound("character");
        }

        if (q is not null)
        {
            try
            {
                return TypedResults.Ok(new Page<StoredMemory>(await finder.FindAsync(scope, q, only, pinned, limit, cancellationToken), null));
            }
            catch (HttpRequestException)
            {
                return new RetryLaterResult(
                    StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(5), "The search does not answer at the moment. The list without q does.");
            }
        }

        var page = await memories.ListAsync(scope, only, pinned, after, limit, cancellationToken);
        return TypedResults.Ok(new Page<StoredMemory>([.. page.Items.Select(static m => m.ToMemory())], page.NextCursor));
    }

    private static async Task<Results<Created<StoredMemory>, ValidationProblem, ProblemHttpResult>> Add(
        Guid id,
        AddMemoryRequest request,
        ClaimsPrincipal principal,
        MemoryStore memories,
        WrittenText written,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var text = request.Text.Trim();
        if (text.Length == 0)
        {
            return Problems.Invalid(nameof(request.Text), "Write something.");
        }

        if (await written.RefusalAsync(ModerationSource.Memory, text, principal.UserId, principal.Role, id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var note = new NewMemory(MemoryKind.Note, MemorySpeaker.User, text, time.GetUtcNow()) { Pinned = request.Pinned, Importance = NewMemory.OfNotes };
        return Scope(principal, id) is not { } scope ? Problems.NotFound("character") : await memories.AddNoteAsync(scope, note, cancellationToken) switch
        {
            null => Problems.NotFound("character"),
            { Added: { } added } => TypedResults.Created($"/api/characters/{id}/memories", added.ToMemory()),
            _ => Problems.Conflict($"There are {MemoryStore.MaxNotes:N0} notes already. Delete some that are not needed any more."),
        };
    }

    private static async Task<Results<Ok<StoredMemory>, ValidationProblem, ProblemHttpResult>> Change(
        Guid id,
        Guid memoryId,
        ChangeMemoryRequest request,
        ClaimsPrincipal principal,
        MemoryStore memories,
        WrittenText written,
        CancellationToken cancellationToken)
    {
        var text = request.Text?.Trim();
        if (text is "")
        {
            return Problems.Invalid(nameof(request.Text), "Write something, or delete the memory.");
        }

        if (text is not null && await written.RefusalAsync(ModerationSource.Memory, text, principal.UserId, principal.Role, id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return Scope(principal, id) is { } scope
            && await memories.ChangeAsync(scope, memoryId, text, request.Pinned, request.Importance, cancellationToken) is { } changed
            ? TypedResults.Ok(changed.ToMemory())
            : Problems.NotFound("memory");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, Guid memoryId, ClaimsPrincipal principal, MemoryStore memories, CancellationToken cancellationToken) =>
        Scope(principal, id) is { } scope && await memories.DeleteAsync(scope, memoryId, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("memory");

    private static async Task<Results<NoContent, ProblemHttpResult>> Wipe(
        Guid id, ClaimsPrincipal principal, MemoryStore memories, MemorySettingsStore settings, CancellationToken cancellationToken)
    {
        if (Scope(principal, id) is not { } scope || await settings.FindAsync(scope, cancellationToken) is null)
        {
            return Problems.NotFound("character");
        }

        await memories.WipeAsync(scope, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        Guid id, ClaimsPrincipal principal, MemoryExport export, MemorySettingsStore settings, CancellationToken cancellationToken) =>
        Scope(principal, id) is { } scope && await settings.FindAsync(scope, cancellationToken) is { } found
            ? TypedResults.Stream(body => export.WriteAsync(scope, found, body, cancellationToken), "application/json", $"memories-{id}.json")
            : Problems.NotFound("character");

    private static bool TryReadKind(string? text, out MemoryKind? kind)
    {
        kind = text switch
        {
            "message" => MemoryKind.Message,
            "note" => MemoryKind.Note,
            "fact" => MemoryKind.Fact,
            _ => null,
        };
        return kind is not null || text is null;
    }

    // Nobody's scope cannot be asked for.
    private static MemoryScope? Scope(ClaimsPrincipal principal, Guid characterId) =>
        characterId == Guid.Empty ? null : new MemoryScope(principal.UserId, characterId);
}
