using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit.Search;
using ChatApp.Api.Audit.Verification;
using ChatApp.Api.Errors;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/admin/audit").WithTags("Audit").RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", List)
            .WithName("ListAudit").WithSummary("The audit log, newest first: by who did it, what was done, to what, when, and words in the detail.");
        group.MapPost("/verification", Verify)
            .WithName("VerifyAudit").WithSummary("Reads the whole log and says whether it is as it was written, and where it is not first.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/verification", LastVerification)
            .WithName("GetAuditVerification").WithSummary("What came of the last verification.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Page<AuditItem>>, ValidationProblem>> List(
        AuditSearch search,
        CancellationToken cancellationToken,
        [StringLength(254, ErrorMessage = "At most 254 characters.")] string? actor = null,
        [StringLength(60, ErrorMessage = "At most 60 characters.")] string? action = null,
        [StringLength(200, ErrorMessage = "At most 200 characters.")] string? subject = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        [StringLength(200, ErrorMessage = "At most 200 characters.")] string? text = null,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (!Cursor.TryDecode(CursorList.Audit, cursor, out var after))
        {
            return Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
        }

        var question = new AuditQuestion { Actor = Given(actor), Action = Given(action), Subject = Given(subject), From = from, To = to, Text = Given(text) };
        return await search.FindAsync(question, after, limit, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : Problems.Invalid(nameof(text), "Looking through the whole log takes too long. Say from when to when, or which action.");
    }

    private static async Task<Results<Ok<AuditVerification>, ProblemHttpResult>> Verify(
        HttpContext context, AuditVerifier verifier, CancellationToken cancellationToken) =>
        await verifier.VerifyAsync(AuditActor.Of(context), cancellationToken) is { } verification
            ? TypedResults.Ok(verification)
            : Problems.Conflict("The log is being verified already. Ask for the result in a moment.");

    private static async Task<Results<Ok<AuditVerification>, ProblemHttpResult>> LastVerification(AuditVerifier verifier, CancellationToken cancellationToken) =>
        await verifier.LastAsync(cancellationToken) is { } verification ? TypedResults.Ok(verification) : Problems.NotFound("verification yet: ask for one first");

    private static string? Given(string? text) => text?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } given ? given : null;
}
