using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Accounts.Passwords;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Attempts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts.Confirmation;

internal static class ConfirmationEndpoints
{
    public static void MapConfirmation(this RouteGroupBuilder group)
    {
        group.MapPost("/auth/confirm-email", Confirm).AllowAnonymous().LimitAttempts(AttemptKind.Link)
            .WithName("ConfirmEmail").WithSummary("Confirms an address, or changes an account to it, for whoever has the link that was sent there.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/auth/resend-confirmation", Resend).AllowAnonymous().LimitAttempts<EmailRequest>(AttemptKind.Mail, static request => request.Email)
            .WithName("ResendConfirmation").WithSummary("Sends the link again, if there is an account to confirm. The answer is the same if there is none.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/me/email", Change).RequireAuthorization(Policies.Session).LimitAttempts<ChangeEmailRequest>(AttemptKind.Mail, static request => request.Email)
            .WithName("ChangeEmail").WithSummary("Sends a link to another address, which becomes the account's when it is followed. Where the site sends no mail, it does at once.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Confirm(
        ConfirmEmailRequest request, HttpContext context, EmailStore emails, CancellationToken cancellationToken) =>
        await emails.FollowAsync(request.Token, id => AuditActor.Of(context, id), cancellationToken) switch
        {
            EmailOutcome.Done => TypedResults.NoContent(),
            EmailOutcome.Taken => AccountProblems.EmailTaken(),
            _ => AccountProblems.LinkNotGood(),
        };

    private static async Task<Results<Accepted, ValidationProblem>> Resend(EmailRequest request, MailOutbox mails, CancellationToken cancellationToken)
    {
        var email = request.Email.Trim();
        if (!EmailAddressCheck.IsUsable(email))
        {
            return Problems.Invalid("email", EmailAddressCheck.Complaint);
        }

        await mails.AddAsync(new Letter(LetterKind.ConfirmEmail, email), cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<Accepted<ConfirmationWanted>, ValidationProblem, ProblemHttpResult>> Change(
        ChangeEmailRequest request,
        HttpContext context,
        Reauthentication reauthentication,
        EmailStore emails,
        MailOutbox mails,
        CancellationToken cancellationToken)
    {
        var email = request.Email.Trim();
        if (!EmailAddressCheck.IsUsable(email))
        {
            return Problems.Invalid("email", EmailAddressCheck.Complaint);
        }

        var (account, refused) = await reauthentication.AskAsync(context, request.Password, "password", cancellationToken);
        if (account is null)
        {
            return refused;
        }

        if (mails.IsOn)
        {
            await emails.AskAsync(account, email, AuditActor.Of(context), cancellationToken);
        }
        else if (await emails.ChangeAsync(account, email, AuditActor.Of(context), cancellationToken) == EmailOutcome.Taken)
        {
            return AccountProblems.EmailTaken();
        }

        return TypedResults.Accepted((string?)null, new ConfirmationWanted(mails.IsOn));
    }
}
