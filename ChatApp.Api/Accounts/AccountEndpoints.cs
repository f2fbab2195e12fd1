using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Passwords;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Attempts;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace ChatApp.Api.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Accounts");

        group.MapPost("/auth/sign-up", SignUp).AllowAnonymous()
            .WithName("SignUp").WithSummary("Makes an account and signs it in. The first account of all becomes the administrator.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/auth/sign-in", SignIn).AllowAnonymous()
            .WithName("SignIn").WithSummary("Gives an access token for an address and its password.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/me", Me).RequireAuthorization()
            .WithName("GetMe").WithSummary("The account that the token belongs to.")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static async Task<Results<Created<SignedIn>, ValidationProblem, ProblemHttpResult, RetryLaterResult>> SignUp(
        SignUpRequest request, HttpContext context, NpgsqlDataSource database, PasswordCheck passwords, SessionIssuer sessions, AuditLog audit, IAttemptLimiter attempts, CancellationToken cancellationToken)
    {
        if (await attempts.BeginAsync(AttemptKind.SignUp, context, null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var account = await AccountStore.CreateAsync(
            connection,
            new Account
            {
                Id = Guid.CreateVersion7(),
                Name = request.Name.Trim(),
                Email = request.Email.Trim(),
                PasswordHash = passwords.Hash(request.Password),
            },
            cancellationToken);
        if (account is null)
        {
            return Problems.Conflict("There is already an account with this e-mail address. Sign in instead.");
        }

        var signedIn = await sessions.BeginAsync(connection, account.Id, context, cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.SignedUp, AuditActor.Of(context, account.Id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created("/api/me", signedIn);
    }

    private static async Task<Results<Ok<SignedIn>, ValidationProblem, ProblemHttpResult, RetryLaterResult>> SignIn(
        SignInRequest request, HttpContext context, AccountStore accounts, PasswordCheck passwords, SessionIssuer sessions, AuditLog audit, IAttemptLimiter attempts, CancellationToken cancellationToken)
    {
        if (await attempts.BeginAsync(AttemptKind.SignIn, context, request.Email, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var account = await accounts.FindByEmailAsync(request.Email.Trim(), cancellationToken);
        if (!await passwords.IsRightAsync(account, request.Password, cancellationToken))
        {
            await audit.AppendAsync(
                new AuditEntry(AuditActions.SignInFailed, AuditActor.Of(context)) { SubjectKind = "account", SubjectId = account?.Id.ToString() }, cancellationToken);
            return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "The e-mail address or the password is wrong.");
        }

        await attempts.SucceededAsync(AttemptKind.SignIn, context, request.Email);
        await audit.AppendAsync(new AuditEntry(AuditActions.SignedIn, AuditActor.Of(context, account!.Id)), cancellationToken);
        return TypedResults.Ok(await sessions.BeginAsync(account.Id, context, cancellationToken));
    }

    private static async Task<Results<Ok<User>, ProblemHttpResult>> Me(
        ClaimsPrincipal principal, AccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.FindAsync(principal.UserId, cancellationToken) is { } account
            ? TypedResults.Ok(account.ToUser())
            : TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "This account does not exist any more.");
}
