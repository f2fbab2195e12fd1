using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts.External;

internal static class ExternalLoginEndpoints
{
    public static void MapExternalLogins(this RouteGroupBuilder group)
    {
        var own = group.MapGroup("/me/external-logins").RequireAuthorization(Policies.Session);
        own.MapGet("/", List)
            .WithName("ListExternalLogins").WithSummary("The accounts elsewhere that sign in to this one.");
        own.MapPost("/{provider}", Start)
            .WithName("StartExternalLink").WithSummary("The way to a provider's page, to link an account there.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status502BadGateway);
        own.MapPost("/{provider}/callback", Finish)
            .WithName("FinishExternalLink").WithSummary("Links the account with which somebody came back from a provider.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);
        own.MapDelete("/{provider}", Remove)
            .WithName("RemoveExternalLogin").WithSummary("Has an account elsewhere sign in here no more. The last way in stays.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ExternalLogins>> List(
        ClaimsPrincipal principal, ExternalLoginStore logins, IOptions<ExternalOptions> options, CancellationToken cancellationToken)
    {
        var rows = await logins.ListAsync(principal.UserId, cancellationToken);
        return TypedResults.Ok(new ExternalLogins(
            [.. rows.Select(row => new ExternalLogin(row.Provider, options.Value.Find(row.Provider)?.Label ?? row.Provider, row.Email, row.CreatedAt, row.LastUsedAt))]));
    }

    private static async Task<Results<Ok<ExternalStart>, ValidationProblem, ProblemHttpResult>> Start(
        string provider, ExternalStartRequest request, ClaimsPrincipal principal, IOptions<ExternalOptions> options, ExternalSignIn external, CancellationToken cancellationToken)
    {
        if (options.Value.Find(provider) is not { } known)
        {
            return Problems.NotFound("provider");
        }

        if (!external.IsOurs(known, request.RedirectUri))
        {
            return Problems.Invalid("redirectUri", "This is not the page of this site that people come back to.");
        }

        try
        {
            return TypedResults.Ok(await external.StartAsync(known, request.RedirectUri, principal.UserId, cancellationToken));
        }
        catch (ExternalSignInException failure)
        {
            return external.Problem(known, failure);
        }
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Finish(
        string provider,
        ExternalCallback callback,
        HttpContext context,
        ClaimsPrincipal principal,
        IOptions<ExternalOptions> options,
        ExternalSignIn external,
        AccountStore accounts,
        ExternalLoginStore logins,
        CancellationToken cancellationToken)
    {
        if (options.Value.Find(provider) is not { } known)
        {
            return Problems.NotFound("provider");
        }

        if (await accounts.FindAsync(principal.UserId, cancellationToken) is not { } account)
        {
            return AccountProblems.Gone();
        }

        try
        {
            var identity = await external.FinishAsync(known, callback, account.Id, cancellationToken);
            return await logins.LinkAsync(account, known.Name, identity, AuditActor.Of(context), cancellationToken) switch
            {
                LinkOutcome.Linked => TypedResults.NoContent(),
                LinkOutcome.Elsewhere => Problems.Because(
                    StatusCodes.Status409Conflict, ProblemCodes.LinkedElsewhere, $"This account of {known.Label} signs in to another account here. Remove it there first."),
                _ => Problems.Because(
                    StatusCodes.Status409Conflict, ProblemCodes.LinkedAlready, $"Another account of {known.Label} signs in to yours. Remove that one first."),
            };
        }
        catch (ExternalSignInException failure)
        {
            return external.Problem(known, failure);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        string provider, HttpContext context, ClaimsPrincipal principal, ExternalLoginStore logins, CancellationToken cancellationToken) =>
        await logins.RemoveAsync(principal.UserId, provider, AuditActor.Of(context), cancellationToken) switch
        {
            true => TypedResults.NoContent(),
            false => Problems.Because(StatusCodes.Status409Conflict, ProblemCodes.LastWayIn, "This is the only way to sign in to your account. Choose a password first."),
            null => Problems.NotFound("login"),
        };
}
