using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Moderation.Queue;

/// <summary>What people see of decisions about what is theirs, and say to it.</summary>
internal static class AppealEndpoints
{
    public static void MapAppeals(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/me/moderation").WithTags("Moderation").RequireAuthorization(Accounts.Access.Policies.Session)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", List)
            .WithName("ListOwnModeration").WithSummary("What was blocked or covered of what you wrote, and of answers to you, newest first.");
        group.MapPost("/{id:guid}/appeal", Appeal)
            .WithName("AppealModeration").WithSummary("Asks a moderator to look at a decision, once.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Page<OwnModeration>>, ValidationProblem>> List(
        ClaimsPrincipal principal,
        ItemStore items,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null) =>
        Cursor.TryDecode(CursorList.OwnModeration, cursor, out var after)
            ? TypedResults.Ok(await items.ListOwnAsync(principal.UserId, after, limit, cancellationToken))
            : Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);

    private static async Task<Results<Accepted, ValidationProblem, ProblemHttpResult>> Appeal(
        Guid id, AppealRequest request, HttpContext context, ItemDecisions decisions, CancellationToken cancellationToken)
    {
        var text = request.Text.Trim();
        if (text.Length == 0)
        {
            return Problems.Invalid(nameof(request.Text), "Say why.");
        }

        return await decisions.AppealAsync(id, context.User.UserId, text, AuditActor.Of(context), cancellationToken) switch
        {
            ItemOutcome.Done => TypedResults.Accepted((string?)null),
            ItemOutcome.NoItem => Problems.NotFound("decision"),
            ItemOutcome.Appealed => Problems.Conflict("You have appealed this already. A moderator looks at it."),
            _ => Problems.Conflict("A moderator has decided this already."),
        };
    }
}
