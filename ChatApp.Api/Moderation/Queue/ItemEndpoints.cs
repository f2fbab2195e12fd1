using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Paging;
using ChatApp.Api.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Moderation.Queue;

/// <summary>What moderators do.</summary>
internal static class ItemEndpoints
{
    public static void MapModerationItems(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/moderation/items").WithTags("Moderation").RequireAuthorization(Accounts.Access.Policies.Moderator).TakesKeys(ApiScope.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", List)
            .WithName("ListModerationItems").WithSummary("Decisions of the policies, newest first: open, appealed, or closed ones.");
        group.MapGet("/{id:guid}", Get)
            .WithName("GetModerationItem").WithSummary("One decision with the text in question and what was said before it. That it was read is recorded.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        var one = group.MapGroup("/{id:guid}").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        one.MapPost("/approve", Approve)
            .WithName("ApproveModerationItem").WithSummary("It was right to say: a message or an answer that was blocked is there again, while its text is kept.");
        one.MapPost("/uphold", Uphold)
            .WithName("UpholdModerationItem").WithSummary("What was done was right.");
        one.MapPost("/ban", Ban)
            .WithName("BanByModerationItem").WithSummary("What was done was right, and the person is kept out, for some days or until somebody lets them in again.");
    }

    private static async Task<Results<Ok<Page<ModerationItem>>, ValidationProblem>> List(
        ItemStore items,
        CancellationToken cancellationToken,
        string status = "open",
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (status is not ("open" or "appealed" or "closed"))
        {
            return Problems.Invalid(nameof(status), "Decisions are open, appealed or closed.");
        }

        return Cursor.TryDecode(CursorList.ModerationItems, cursor, out var after)
            ? TypedResults.Ok(await items.ListAsync(status, after, limit, cancellationToken))
            : Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
    }

    private static async Task<Results<Ok<ModerationItemDetails>, ProblemHttpResult>> Get(
        Guid id, HttpContext context, ItemStore items, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await items.FindAsync(id, cancellationToken) is not { } item)
        {
            return Problems.NotFound("decision");
        }

        // First recorded, then read.
        var entry = new AuditEntry(AuditActions.DataRead, AuditActor.Of(context))
        {
            SubjectKind = "account",
            SubjectId = item.UserId?.ToString(),
            Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["moderation"] = id.ToString(), ["conversation"] = item.ConversationId?.ToString() ?? "" },
        };
        await audit.AppendAsync(entry, cancellationToken);
        var (original, around) = await items.AroundAsync(item, cancellationToken);
        return TypedResults.Ok(new ModerationItemDetails(item.ToItem(), around, original));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Approve(
        Guid id, DecisionRequest? request, HttpContext context, ItemDecisions decisions, CancellationToken cancellationToken) =>
        Answer(await decisions.ApproveAsync(id, Reason(request), AuditActor.Of(context), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> Uphold(
        Guid id, DecisionRequest? request, HttpContext context, ItemDecisions decisions, CancellationToken cancellationToken) =>
        Answer(await decisions.UpholdAsync(id, Reason(request), AuditActor.Of(context), cancellationToken));

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Ban(
        Guid id, BanItemRequest request, HttpContext context, ItemDecisions decisions, CancellationToken cancellationToken)
    {
        var reason = request.Reason.Trim();
        if (reason.Length == 0)
        {
            return Problems.Invalid(nameof(request.Reason), "Say why: the person is told.");
        }

        var (outcome, change) = await decisions.BanAsync(id, reason, request.Days, PeopleActor.Of(context), cancellationToken);
        return outcome == ItemOutcome.NoBan ? NoBan(change) : Answer(outcome).Result is ProblemHttpResult problem ? problem : TypedResults.NoContent();
    }

    private static string? Reason(DecisionRequest? request) => string.IsNullOrWhiteSpace(request?.Reason) ? null : request.Reason.Trim();

    private static Results<NoContent, ProblemHttpResult> Answer(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Done => TypedResults.NoContent(),
        ItemOutcome.NoItem => Problems.NotFound("decision"),
        _ => Problems.Conflict("A moderator has decided this already. Look at the list again."),
    };

    private static ProblemHttpResult NoBan(PersonChange? change) => change switch
    {
        PersonChange.NotAllowed => TypedResults.Problem(
            statusCode: StatusCodes.Status403Forbidden, detail: "Moderators and administrators are kept out by administrators only."),
        PersonChange.Oneself => Problems.Conflict("Nobody keeps themselves out."),
        PersonChange.LastAdmin => Problems.Conflict("This is the last administrator."),
        _ => Problems.Conflict("There is no account to keep out: uphold the decision instead."),
    };
}
