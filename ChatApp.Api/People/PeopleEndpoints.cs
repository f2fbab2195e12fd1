using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Paging;
using ChatApp.Api.People.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.People;

internal static class PeopleEndpoints
{
    private const int MostBanYears = 10;
    private const string RoleMessage = "Say which role: user, creator, moderator or admin.";

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/admin").WithTags("People")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        var people = group.MapGroup("/people").RequireAuthorization(Policies.Admin).ProducesProblem(StatusCodes.Status404NotFound);
        people.MapGet("/", List).WithName("ListPeople").WithSummary("Accounts, the newest first; by a part of the name or the address, by role, and by whether they are banned.");
        people.MapGet("/{id:guid}", Get).WithName("GetPerson").WithSummary("One account.");
        people.MapPut("/{id:guid}/role", SetRole)
            .WithName("PutPersonRole").WithSummary("Gives somebody another role. The last administrator stays one.").ProducesProblem(StatusCodes.Status409Conflict);
        people.MapPost("/{id:guid}/sign-out", SignOut).WithName("SignOutPerson").WithSummary("Ends all sessions of somebody.");
        people.MapDelete("/{id:guid}/second-factor", RemoveSecondFactor)
            .WithName("RemovePersonSecondFactor").WithSummary("Takes the second factor from somebody who lost it, and ends their sessions.");

        var bans = group.MapGroup("/people/{id:guid}/ban").RequireAuthorization(Policies.Moderator)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        bans.MapPut("/", PutBan).WithName("BanPerson").WithSummary("Keeps somebody out at once. Moderators may not do that to moderators and administrators.");
        bans.MapDelete("/", EndBan).WithName("UnbanPerson").WithSummary("Lets somebody in again.");
        group.MapReading();
    }

    private static async Task<Results<Ok<Page<Person>>, ValidationProblem>> List(
        PeopleStore people,
        CancellationToken cancellationToken,
        [StringLength(254, ErrorMessage = "At most 254 characters.")] string? query = null,
        string? role = null,
        bool? banned = null,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        UserRole? wanted = null;
        if (!string.IsNullOrEmpty(role) && (wanted = RoleNames.Find(role)) is null)
        {
            return Problems.Invalid(nameof(role), RoleMessage);
        }

        return Cursor.TryDecode(CursorList.People, cursor, out var after)
            ? TypedResults.Ok(await people.ListAsync(query?.Trim() is { Length: > 0 } words ? words : null, wanted, banned, after, limit, cancellationToken))
            : Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
    }

    private static async Task<Results<Ok<Person>, ProblemHttpResult>> Get(Guid id, PeopleStore people, CancellationToken cancellationToken) =>
        await people.FindAsync(id, cancellationToken) is { } person ? TypedResults.Ok(person) : Problems.NotFound("account");

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> SetRole(
        Guid id, RoleRequest request, HttpContext context, RoleChanges roles, CancellationToken cancellationToken) =>
        Enum.IsDefined(request.Role!.Value)
            ? Answer(await roles.ChangeAsync(id, request.Role.Value, PeopleActor.Of(context), cancellationToken))
            : Problems.Invalid("role", RoleMessage);

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> PutBan(
        Guid id, BanRequest request, HttpContext context, Bans bans, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Until is { } until && (until <= time.GetUtcNow() || until > time.GetUtcNow().AddYears(MostBanYears)))
        {
            return Problems.Invalid("until", $"Give a time that is to come, in {MostBanYears} years at most; leave it out for good.");
        }

        return request.Reason.Trim() is { Length: > 0 } reason
            ? Answer(await bans.BanAsync(id, new Ban(request.Until, reason), PeopleActor.Of(context), cancellationToken))
            : Problems.Invalid("reason", "Say why: the person is told.");
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> EndBan(
        Guid id, HttpContext context, Bans bans, CancellationToken cancellationToken) =>
        Answer(await bans.UnbanAsync(id, PeopleActor.Of(context), cancellationToken));

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> SignOut(
        Guid id, HttpContext context, SignInRemovals removals, CancellationToken cancellationToken) =>
        Answer(await removals.SignOutAsync(id, PeopleActor.Of(context), cancellationToken));

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> RemoveSecondFactor(
        Guid id, HttpContext context, SignInRemovals removals, CancellationToken cancellationToken) =>
        Answer(await removals.RemoveSecondFactorAsync(id, PeopleActor.Of(context), cancellationToken));

    private static Results<NoContent, ValidationProblem, ProblemHttpResult> Answer(PersonChange change) => change switch
    {
        PersonChange.Done => TypedResults.NoContent(),
        PersonChange.NoSuchPerson => Problems.NotFound("account"),
        PersonChange.LastAdmin => Problems.Conflict("This is the last administrator, and nobody else could run the service. Make somebody else an administrator first."),
        PersonChange.Oneself => Problems.Conflict("You cannot do that to yourself. Ask another administrator."),
        _ => TypedResults.Problem(
            statusCode: StatusCodes.Status403Forbidden, detail: "Only an administrator may do that to a moderator or an administrator."),
    };
}
