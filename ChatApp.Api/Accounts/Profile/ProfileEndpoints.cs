using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Judging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts.Profile;

internal static class ProfileEndpoints
{
    public static void MapProfile(this RouteGroupBuilder group)
    {
        group.MapGet("/me", Get).RequireAuthorization()
            .WithName("GetMe").WithSummary("The account that the token belongs to.")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        group.MapPatch("/me", Change).RequireAuthorization(Policies.Session)
            .WithName("ChangeMe").WithSummary("Changes the account's name.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Ok<User>, ProblemHttpResult>> Get(
        ClaimsPrincipal principal, AccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.FindAsync(principal.UserId, cancellationToken) is { } account ? TypedResults.Ok(account.ToUser()) : AccountProblems.Gone();

    private static async Task<Results<Ok<User>, ValidationProblem, ProblemHttpResult>> Change(
        ProfileChange change, HttpContext context, ClaimsPrincipal principal, ProfileStore profiles, WrittenText written, CancellationToken cancellationToken)
    {
        var name = change.Name.Trim();
        if (await written.RefusalAsync(ModerationSource.Name, name, principal.UserId, principal.Role, null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await profiles.RenameAsync(principal.UserId, name, AuditActor.Of(context), cancellationToken) is { } account
            ? TypedResults.Ok(account.ToUser())
            : AccountProblems.Gone();
    }
}
