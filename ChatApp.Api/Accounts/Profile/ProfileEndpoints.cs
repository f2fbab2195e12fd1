using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
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
            .ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static async Task<Results<Ok<User>, ProblemHttpResult>> Get(
        ClaimsPrincipal principal, AccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.FindAsync(principal.UserId, cancellationToken) is { } account ? TypedResults.Ok(account.ToUser()) : AccountProblems.Gone();

    private static async Task<Results<Ok<User>, ValidationProblem, ProblemHttpResult>> Change(
        ProfileChange change, HttpContext context, ClaimsPrincipal principal, ProfileStore profiles, CancellationToken cancellationToken) =>
        await profiles.RenameAsync(principal.UserId, change.Name.Trim(), AuditActor.Of(context), cancellationToken) is { } account
            ? TypedResults.Ok(account.ToUser())
            : AccountProblems.Gone();
}
