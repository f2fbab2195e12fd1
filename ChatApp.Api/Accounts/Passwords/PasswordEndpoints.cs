using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Confirmation;
using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Attempts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts.Passwords;

internal static class PasswordEndpoints
{
    public static void MapPasswords(this RouteGroupBuilder group)
    {
        group.MapPost("/auth/forgot-password", Forgot).AllowAnonymous().LimitAttempts<EmailRequest>(AttemptKind.Mail, static request => request.Email)
            .WithName("ForgotPassword").WithSummary("Sends a link for choosing a new password, if there is such an account. The answer is the same if there is none.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/auth/reset-password", Reset).AllowAnonymous().LimitAttempts(AttemptKind.Link)
            .WithName("ResetPassword").WithSummary("Sets a new password for whoever has a mail's link, confirms the address, and ends all sessions.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/me/password", Change).RequireAuthorization(Policies.Session)
            .WithName("ChangePassword").WithSummary("Sets another password and ends all other sessions.");
    }

    private static async Task<Results<Accepted, ValidationProblem>> Forgot(EmailRequest request, MailOutbox mails, CancellationToken cancellationToken)
    {
        var email = request.Email.Trim();
        if (!EmailAddressCheck.IsUsable(email))
        {
            return Problems.Invalid("email", EmailAddressCheck.Complaint);
        }

        await mails.AddAsync(new Letter(LetterKind.ResetPassword, email), cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Reset(
        ResetPasswordRequest request,
        HttpContext context,
        LinkTokens links,
        AccountStore accounts,
        PasswordCheck passwords,
        PasswordStore store,
        CancellationToken cancellationToken)
    {
        // The link stays good while its owner looks for a password that is taken.
        if (await links.FindAsync(request.Token, cancellationToken) is not { Purpose: LinkPurpose.ResetPassword } link
            || await accounts.FindAsync(link.UserId, cancellationToken) is not { } account)
        {
            return AccountProblems.LinkNotGood();
        }

        return PasswordRules.Complaint(request.Password, account.Email, account.Name) is { } complaint
            ? Problems.Invalid("password", complaint)
            : await store.ResetAsync(request.Token, passwords.Hash(request.Password), id => AuditActor.Of(context, id), cancellationToken)
            ? TypedResults.NoContent()
            : AccountProblems.LinkNotGood();
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Change(
        ChangePasswordRequest request,
        HttpContext context,
        ClaimsPrincipal principal,
        PasswordCheck passwords,
        Reauthentication reauthentication,
        PasswordStore store,
        CancellationToken cancellationToken)
    {
        var (account, refused) = await reauthentication.AskAsync(context, request.CurrentPassword, "currentPassword", cancellationToken);
        if (account is null)
        {
            return refused;
        }

        if (PasswordRules.Complaint(request.NewPassword, account.Email, account.Name) is { } complaint)
        {
            return Problems.Invalid("newPassword", complaint);
        }

        return await store.ChangeAsync(account, passwords.Hash(request.NewPassword), principal.SessionId, AuditActor.Of(context), cancellationToken)
            ? TypedResults.NoContent()
            : AccountProblems.ChangedMeanwhile();
    }
}
