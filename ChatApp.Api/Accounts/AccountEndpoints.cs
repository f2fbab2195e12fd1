using System.Security.Claims;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Accounts");

        group.MapPost("/auth/sign-up", SignUp).RequireRateLimiting(AccountExtensions.RateLimit)
            .WithName("SignUp").WithSummary("Makes an account and signs it in. The first account of all becomes the administrator.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/auth/sign-in", SignIn).RequireRateLimiting(AccountExtensions.RateLimit)
            .WithName("SignIn").WithSummary("Gives an access token for an address and its password.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/me", Me).RequireAuthorization()
            .WithName("GetMe").WithSummary("The account that the token belongs to.")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static async Task<Results<Created<SignedIn>, ValidationProblem, ProblemHttpResult>> SignUp(
        SignUpRequest request, AccountStore accounts, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var account = await accounts.CreateAsync(
            new Account
            {
                Id = Guid.CreateVersion7(),
                Name = request.Name.Trim(),
                Email = request.Email.Trim(),
                PasswordHash = PasswordCheck.Hash(request.Password),
            },
            cancellationToken);
        return account is null
            ? Problems.Conflict("There is already an account with this e-mail address. Sign in instead.")
            : TypedResults.Created("/api/me", tokens.Issue(account.ToUser()));
    }

    private static async Task<Results<Ok<SignedIn>, ValidationProblem, ProblemHttpResult>> SignIn(
        SignInRequest request, AccountStore accounts, PasswordCheck passwords, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByEmailAsync(request.Email.Trim(), cancellationToken);
        return await passwords.IsRightAsync(account, request.Password, cancellationToken)
            ? TypedResults.Ok(tokens.Issue(account!.ToUser()))
            : TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "The e-mail address or the password is wrong.");
    }

    private static async Task<Results<Ok<User>, ProblemHttpResult>> Me(
        ClaimsPrincipal principal, AccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.FindAsync(principal.UserId, cancellationToken) is { } account
            ? TypedResults.Ok(account.ToUser())
            : TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "This account does not exist any more.");
}
