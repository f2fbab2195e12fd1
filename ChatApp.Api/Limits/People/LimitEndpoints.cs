using System.Security.Claims;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Requests;
using ChatApp.Api.Limits.Tokens;
using ChatApp.Api.Limits.Windows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Limits.People;

internal static class LimitEndpoints
{
    public static void MapLimits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/me/limits", Mine).WithTags("Accounts").RequireAuthorization()
            .WithName("GetMyLimits").WithSummary("How many requests and tokens you have, and have used.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);

        var people = routes.MapGroup("/api/admin/people/{id:guid}/limits").WithTags("People").RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        people.MapGet("/", Get)
            .WithName("GetPersonLimits").WithSummary("What a person was given instead of their role's limits, and what goes for them.");
        people.MapPut("/", Set)
            .WithName("SetPersonLimits").WithSummary("Gives a person limits of their own.")
            .WithDescription("Null is what the person's role has, 0 no limit. Other processes of the service know of it within two seconds.");
        people.MapDelete("/", Remove)
            .WithName("DeletePersonLimits").WithSummary("Gives a person their role's limits again.");
    }

    private static async Task<Ok<CallerLimits>> Mine(
        HttpContext context, ClaimsPrincipal principal, RequestRules rules, TokenQuota quota, TimeProvider time, CancellationToken cancellationToken)
    {
        // This request itself was judged a moment ago.
        var state = context.Features.Get<LimitVerdict>()?.States.Where(static s => s.Rule.Name is "user" or "key").OrderBy(static s => s.Remaining).ToList();
        var limit = rules.OfPerson(principal.UserId, principal.Role);
        var requests = state is [var nearest, ..]
            ? new RequestAllowance(nearest.Rule.Limit, nearest.Remaining, time.GetUtcNow() + nearest.Reset)
            : new RequestAllowance(limit > 0 ? limit : null, null, time.GetUtcNow());
        var tokens = await quota.AllowanceAsync(principal.UserId, quota.OfPerson(principal.UserId, principal.Role), cancellationToken);
        return TypedResults.Ok(new CallerLimits(requests, tokens));
    }

    private static async Task<Results<Ok<PersonLimitsView>, ProblemHttpResult>> Get(
        Guid id, PersonLimitStore store, RequestRules rules, TokenQuota quota, CancellationToken cancellationToken) =>
        await ViewAsync(id, store, rules, quota, cancellationToken) is { } view ? TypedResults.Ok(view) : Problems.NotFound("person");

    private static async Task<Results<Ok<PersonLimitsView>, ValidationProblem, ProblemHttpResult>> Set(
        Guid id,
        SetLimitsRequest request,
        HttpContext context,
        PersonLimitStore store,
        PersonLimitBook book,
        RequestRules rules,
        TokenQuota quota,
        CancellationToken cancellationToken)
    {
        var limits = new PersonLimits { UserId = id, RequestsPerMinute = request.RequestsPerMinute, TokensPerDay = request.TokensPerDay };
        var entry = Entry(AuditActions.LimitsChanged, context, id) with
        {
            Detail = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["requestsPerMinute"] = Text(request.RequestsPerMinute),
                ["tokensPerDay"] = Text(request.TokensPerDay),
            },
        };
        if (!await store.SetAsync(limits, entry, cancellationToken))
        {
            return Problems.NotFound("person");
        }

        await book.RefreshAsync(cancellationToken);
        return await ViewAsync(id, store, rules, quota, cancellationToken) is { } view ? TypedResults.Ok(view) : Problems.NotFound("person");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        Guid id, HttpContext context, PersonLimitStore store, PersonLimitBook book, CancellationToken cancellationToken)
    {
        if (!await store.RemoveAsync(id, Entry(AuditActions.LimitsRemoved, context, id), cancellationToken)
            && (await store.FindAsync(id, cancellationToken)).Role is null)
        {
            return Problems.NotFound("person");
        }

        await book.RefreshAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<PersonLimitsView?> ViewAsync(
        Guid id, PersonLimitStore store, RequestRules rules, TokenQuota quota, CancellationToken cancellationToken)
    {
        var (stored, limits) = await store.FindAsync(id, cancellationToken);
        if (stored is null || !Enum.TryParse<UserRole>(stored, ignoreCase: true, out var role))
        {
            return null;
        }

        var requests = rules.OfPerson(id, role);
        var tokens = await quota.AllowanceAsync(id, quota.OfPerson(id, role), cancellationToken);
        return new PersonLimitsView(limits?.RequestsPerMinute, limits?.TokensPerDay, new EffectiveLimits(requests > 0 ? requests : null, tokens));
    }

    private static AuditEntry Entry(string action, HttpContext context, Guid person) =>
        new(action, AuditActor.Of(context)) { SubjectKind = "account", SubjectId = person.ToString() };

    private static string Text(long? value) => value is { } number ? FormattableString.Invariant($"{number}") : "as the role";
}
