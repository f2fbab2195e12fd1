using ChatApp.Api.Accounts.Confirmation;
using ChatApp.Api.Accounts.External;
using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Accounts.Passwords;
using ChatApp.Api.Accounts.Profile;
using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Attempts;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Judging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using EntryResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<ChatApp.Api.Accounts.SignedIn>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ChatApp.Api.Accounts.SecondFactor.SecondFactorWanted>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace ChatApp.Api.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Accounts");

        group.MapPost("/auth/sign-up", SignUp).AllowAnonymous().LimitAttempts(AttemptKind.SignUp)
            .WithName("SignUp").WithSummary("Makes an account and signs it in, or, where addresses have to be confirmed, sends a link first. The first account of all becomes the administrator.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/auth/sign-in", SignIn).AllowAnonymous().LimitAttempts<SignInRequest>(AttemptKind.SignIn, static request => request.Email)
            .WithName("SignIn").WithSummary("Signs in by an address and its password; 202 where a code is wanted too.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/auth/second-factor", SecondFactor).AllowAnonymous()
            .WithName("SignInWithCode").WithSummary("The second half of signing in: an authenticator app's code, or a recovery code.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);

        group.MapProfile();
        group.MapPasswords();
        group.MapConfirmation();
        group.MapSecondFactor();
        group.MapExternalSignIn();
        group.MapExternalLogins();
    }

    private static async Task<Results<Created<SignedIn>, Accepted<ConfirmationWanted>, ValidationProblem, ProblemHttpResult>> SignUp(
        SignUpRequest request, HttpContext context, SignUps signUps, PasswordCheck passwords, WrittenText written, Entry entry, IOptions<AuthOptions> options, CancellationToken cancellationToken)
    {
        var (email, name) = (request.Email.Trim(), request.Name.Trim());
        if (!EmailAddressCheck.IsUsable(email))
        {
            return Problems.Invalid("email", EmailAddressCheck.Complaint);
        }

        if (PasswordRules.Complaint(request.Password, email, name) is { } complaint)
        {
            return Problems.Invalid("password", complaint);
        }

        if (await written.RefusalAsync(ModerationSource.Name, name, null, UserRole.User, null, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // The dear part comes before anybody knows whether the address is taken.
        var wanted = new Account { Id = Guid.CreateVersion7(), Name = name, Email = email, PasswordHash = passwords.Hash(request.Password) };
        var account = await signUps.AddAsync(wanted, "password", context, cancellationToken);
        return options.Value.RequireConfirmedEmail
            ? TypedResults.Accepted((string?)null, new ConfirmationWanted(ConfirmEmail: true))
            : account is null
            ? AccountProblems.EmailTaken()
            : TypedResults.Created("/api/me", await entry.BeginFirstAsync(account, context, cancellationToken));
    }

    private static async Task<EntryResult> SignIn(
        SignInRequest request, HttpContext context, AccountStore accounts, PasswordCheck passwords, Entry entry, AuditLog audit, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByEmailAsync(request.Email.Trim(), cancellationToken);
        if (await passwords.VerifyAsync(account, request.Password, cancellationToken) is not { } verified)
        {
            await audit.AppendAsync(
                new AuditEntry(AuditActions.SignInFailed, AuditActor.Of(context)) { SubjectKind = "account", SubjectId = account?.Id.ToString() }, cancellationToken);
            return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "The e-mail address or the password is wrong.");
        }

        return await entry.EnterAsync(verified, "password", context, cancellationToken);
    }

    private static async Task<EntryResult> SecondFactor(
        SecondFactorRequest request,
        HttpContext context,
        SecondFactorTickets tickets,
        SecondFactorCodes codes,
        Entry entry,
        AuditLog audit,
        IAttemptLimiter attempts,
        CancellationToken cancellationToken)
    {
        if (await tickets.TryAsync(request.Ticket, cancellationToken) is not { } ticket)
        {
            return AccountProblems.TicketEnded();
        }

        // A ticket has few tries, but whoever has the password gets ticket after ticket.
        if (await attempts.BeginAsync(AttemptKind.SecondFactor, context, ticket.UserId.ToString(), cancellationToken) is { } refusal)
        {
            return refusal.ToProblem(context.Response);
        }

        if (await codes.TakeAsync(ticket.UserId, request.Code, cancellationToken) is not { } kind)
        {
            await audit.AppendAsync(
                new AuditEntry(AuditActions.SecondFactorFailed, AuditActor.Of(context)) { SubjectKind = "account", SubjectId = ticket.UserId.ToString() }, cancellationToken);
            return Problems.Because(StatusCodes.Status401Unauthorized, ProblemCodes.WrongCode, "This code is wrong, or was used already. Wait for the next one.");
        }

        await attempts.SucceededAsync(AttemptKind.SecondFactor, context, ticket.UserId.ToString());
        return await entry.EnterWithCodeAsync(ticket.Id, ticket.UserId, kind, context, cancellationToken);
    }
}
