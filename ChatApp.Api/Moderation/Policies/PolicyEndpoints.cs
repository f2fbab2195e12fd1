using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using ChatApp.Api.Characters;
using ChatApp.Api.Errors;
using ChatApp.Api.Gateway.Contracts;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ChatApp.Api.Moderation.Policies;

internal static class PolicyEndpoints
{
    private const string NoScope = "policy: use site, role:user, role:creator, role:moderator, role:admin, or character: and the id of one";

    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/admin/moderation/policies").WithTags("Moderation").RequireAuthorization(Accounts.Access.Policies.Admin).TakesKeys(ApiScope.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", List)
            .WithName("ListPolicies").WithSummary("The moderation policies that there are: of the site, of roles, of characters.");
        group.MapGet("/{scope}", Get)
            .WithName("GetPolicy").WithSummary("A policy in its newest version, which the header ETag names.").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{scope}", Put)
            .WithName("PutPolicy").WithSummary("Adds the next version of a policy. If-Match names the one that it follows, 0 for a new policy.")
            .WithDescription(
                "Of the policies that apply to a text the strictest holds; a role's or a character's may be looser than the site's only in the categories that the site's names in overridable, and among these the stricter of the two holds. What is left out of a role's or character's rules is as the site says.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/{scope}", Remove)
            .WithName("DeletePolicy").WithSummary("Takes a role's or a character's policy away; its versions stay.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapGet("/{scope}/versions", Versions)
            .WithName("ListPolicyVersions").WithSummary("All versions of a policy, newest first.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<ItemList<PolicySummary>>> List(PolicyStore policies, CancellationToken cancellationToken)
    {
        var rows = await policies.ListAsync(cancellationToken);
        return TypedResults.Ok(new ItemList<PolicySummary>([.. rows.Where(static r => r.Content is not null).Select(static r => r.ToSummary())]));
    }

    private static async Task<Results<Ok<ModerationPolicy>, ProblemHttpResult>> Get(
        string scope, HttpResponse response, PolicyStore policies, CancellationToken cancellationToken)
    {
        if (!PolicyScope.TryRead(scope, out var known, out _) || await policies.FindAsync(known, cancellationToken) is not { Content: not null } row)
        {
            return Problems.NotFound("policy");
        }

        return Tagged(response, row);
    }

    private static async Task<Results<Ok<ModerationPolicy>, ValidationProblem, ProblemHttpResult>> Put(
        string scope,
        PolicyChange change,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext context,
        PolicyStore policies,
        PolicyCache cache,
        CharacterStore characters,
        AuditLog audit,
        CancellationToken cancellationToken)
    {
        if (!PolicyScope.TryRead(scope, out var known, out var characterId))
        {
            return Problems.NotFound(NoScope);
        }

        if (PolicyValidation.Check(known, change) is { } wrong)
        {
            return Problems.Invalid(wrong.Field, wrong.Message);
        }

        if (!TryReadVersion(ifMatch, out var expected))
        {
            return Problems.Invalid("If-Match", "Give the version that you changed, as in If-Match: \"3\".");
        }

        if (characterId is { } id && await characters.FindAsync(id, cancellationToken) is null)
        {
            return Problems.NotFound("character");
        }

        // Without a version it can only be the first: nobody overwrites what they have not read.
        var row = await policies.AddAsync(known, expected ?? 0, before => Next(before, change), AuditActor.Of(context), audit, cancellationToken);
        if (row is null)
        {
            return Changed();
        }

        await cache.RefreshAsync(cancellationToken);
        return Tagged(context.Response, row);
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Remove(
        string scope,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext context,
        PolicyStore policies,
        PolicyCache cache,
        AuditLog audit,
        CancellationToken cancellationToken)
    {
        if (!PolicyScope.TryRead(scope, out var known, out _) || await policies.FindAsync(known, cancellationToken) is not { Content: not null })
        {
            return Problems.NotFound("policy");
        }

        if (known == PolicyScope.Site)
        {
            return Problems.Conflict("The site always has a policy. Change it instead.");
        }

        if (!TryReadVersion(ifMatch, out var expected))
        {
            return Problems.Invalid("If-Match", "Give the version that you mean, as in If-Match: \"3\".");
        }

        if (await policies.AddAsync(known, expected, static _ => null, AuditActor.Of(context), audit, cancellationToken) is null)
        {
            return Changed();
        }

        await cache.RefreshAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Page<ModerationPolicy>>, ValidationProblem, ProblemHttpResult>> Versions(
        string scope,
        PolicyStore policies,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (!Cursor.TryDecode(CursorList.PolicyVersions, cursor, out var after))
        {
            return Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
        }

        if (!PolicyScope.TryRead(scope, out var known, out _) || await policies.FindAsync(known, cancellationToken) is null)
        {
            return Problems.NotFound("policy");
        }

        return TypedResults.Ok(await policies.ListVersionsAsync(known, after, limit, cancellationToken));
    }

    private static PolicyContent Next(PolicyContent before, PolicyChange change) => new(
        change.Rules with { Minors = PolicyRules.Blocked },
        change.Detectors ?? before.Detectors,
        change.WhenUnavailable ?? before.WhenUnavailable,
        change.HoldAnswers ?? before.HoldAnswers,
        change.Overridable is { } overridable ? [.. overridable.Distinct()] : before.Overridable);

    private static Ok<ModerationPolicy> Tagged(HttpResponse response, PolicyRow row)
    {
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{row.Version}\"");
        return TypedResults.Ok(row.ToPolicy());
    }

    private static ProblemHttpResult Changed() => TypedResults.Problem(
        statusCode: StatusCodes.Status412PreconditionFailed, detail: "The policy was changed in the meantime. Look at it again, and repeat your change on its newest version.");

    private static bool TryReadVersion(string? ifMatch, out int? version)
    {
        version = null;
        if (string.IsNullOrEmpty(ifMatch))
        {
            return true;
        }

        var text = ifMatch.AsSpan().Trim();
        text = text.StartsWith("W/") ? text[2..] : text;
        var isRead = int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        version = number;
        return isRead;
    }
}
