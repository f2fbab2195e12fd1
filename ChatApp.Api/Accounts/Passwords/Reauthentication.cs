using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Database;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Attempts;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace ChatApp.Api.Accounts.Passwords;

/// <summary>Asks for the password again before something that a stranger at an open screen must not do.</summary>
internal sealed class Reauthentication(NpgsqlDataSource database, AccountStore accounts, PasswordCheck passwords, IAttemptLimiter attempts, TimeProvider time)
{
    /// <summary>How long after signing in an account without a password is taken at its word.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <summary>The account of whoever asks, when they have shown again that it is theirs.</summary>
    /// <param name="context">The request of whoever asks.</param>
    /// <param name="password">The password that they gave. An account that has none must have been signed in to lately instead.</param>
    /// <param name="field">The field that a wrong password is told of.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The account; null, and what is to be answered, when they have not.</returns>
    public async Task<(Account? Account, ProblemHttpResult Refused)> AskAsync(
        HttpContext context, string? password, string field, CancellationToken cancellationToken)
    {
        var principal = context.User;
        if (await accounts.FindAsync(principal.UserId, cancellationToken) is not { } account)
        {
            return (null, AccountProblems.Gone());
        }

        if (account.PasswordHash is null)
        {
            return await IsRecentAsync(principal, cancellationToken) ? (account, null!) : (null, SignInAgain());
        }

        var subject = account.Id.ToString();
        if (await attempts.BeginAsync(AttemptKind.Reauthentication, context, subject, cancellationToken) is { } refusal)
        {
            return (null, refusal.ToProblem(context.Response));
        }

        if (await passwords.VerifyAsync(account, password ?? "", cancellationToken) is not { } verified)
        {
            return (null, Wrong(field));
        }

        await attempts.SucceededAsync(AttemptKind.Reauthentication, context, subject);
        return (verified, null!);
    }

    private static ProblemHttpResult SignInAgain() => Problems.Because(
        StatusCodes.Status403Forbidden, ProblemCodes.SignInAgain, "This account has no password, so sign in again first, and then do this within ten minutes.");

    private static ProblemHttpResult Wrong(string field) => TypedResults.Problem(
        new HttpValidationProblemDetails(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = ["This is not your password."] })
        {
            Status = StatusCodes.Status400BadRequest,
        });

    private async Task<bool> IsRecentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        await database.FirstOrDefaultAsync<bool>(
            "SELECT true FROM sessions WHERE id = @SessionId AND user_id = @UserId AND ended_at IS NULL AND created_at > @since",
            new { principal.SessionId, principal.UserId, since = time.GetUtcNow() - Recent },
            cancellationToken);
}
