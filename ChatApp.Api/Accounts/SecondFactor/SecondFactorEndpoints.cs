using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Passwords;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ChatApp.Api.Accounts.SecondFactor;

internal static class SecondFactorEndpoints
{
    private const string Issuer = "ChatApp";

    public static void MapSecondFactor(this RouteGroupBuilder group)
    {
        var own = group.MapGroup("/me/second-factor").RequireAuthorization(Policies.Session);
        own.MapPost("/", Prepare)
            .WithName("PrepareSecondFactor").WithSummary("Makes a secret for an authenticator app; a first code puts it in use.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPost("/confirm", Confirm)
            .WithName("ConfirmSecondFactor").WithSummary("Puts the secret in use, and gives recovery codes.");
        own.MapPost("/recovery-codes", Renew)
            .WithName("RenewRecoveryCodes").WithSummary("Makes other recovery codes in place of those that are left.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/", Remove)
            .WithName("RemoveSecondFactor").WithSummary("Has signing in take the password alone again.");
    }

    private static async Task<Results<Ok<SecondFactorSetup>, ValidationProblem, ProblemHttpResult>> Prepare(
        PasswordAgain request, HttpContext context, Reauthentication reauthentication, SecondFactorStore factors, CancellationToken cancellationToken)
    {
        var (account, refused) = await reauthentication.AskAsync(context, request.Password, "password", cancellationToken);
        if (account is null)
        {
            return refused;
        }

        var secret = Totp.NewSecret();
        if (!await factors.PrepareAsync(account.Id, secret, cancellationToken))
        {
            return Problems.Conflict("Signing in takes a code already. Turn that off first to use another app.");
        }

        var text = Base32.Encode(secret);
        var uri = $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(account.Email)}?secret={text}&issuer={Issuer}&algorithm=SHA1&digits={Totp.Digits}&period={Totp.StepSeconds}";
        return TypedResults.Ok(new SecondFactorSetup(text, uri, QrSvg.Of(uri)));
    }

    private static async Task<Results<Ok<RecoveryCodesMade>, ValidationProblem, ProblemHttpResult>> Confirm(
        SecondFactorCode request, HttpContext context, ClaimsPrincipal principal, AccountStore accounts, SecondFactorStore factors, CancellationToken cancellationToken) =>
        await accounts.FindAsync(principal.UserId, cancellationToken) is not { } account
            ? AccountProblems.Gone()
            : await factors.ConfirmAsync(account, SecondFactorCodes.Plain(request.Code), AuditActor.Of(context), cancellationToken) is { } codes
            ? TypedResults.Ok(new RecoveryCodesMade(codes))
            : Problems.Invalid("code", "This is not the code that the app shows now. Look again; the clocks of phone and server must agree.");

    private static async Task<Results<Ok<RecoveryCodesMade>, ValidationProblem, ProblemHttpResult>> Renew(
        PasswordAgain request,
        HttpContext context,
        Reauthentication reauthentication,
        SecondFactorStore factors,
        CancellationToken cancellationToken)
    {
        var (account, refused) = await reauthentication.AskAsync(context, request.Password, "password", cancellationToken);
        if (account is null)
        {
            return refused;
        }

        return account.SecondFactor
            ? TypedResults.Ok(new RecoveryCodesMade(await factors.RenewCodesAsync(account.Id, AuditActor.Of(context), cancellationToken)))
            : Problems.Conflict("Signing in takes no code, so there is nothing to recover. Turn that on first.");
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> Remove(
        [FromBody] PasswordAgain request,
        HttpContext context,
        Reauthentication reauthentication,
        SecondFactorStore factors,
        CancellationToken cancellationToken)
    {
        var (account, refused) = await reauthentication.AskAsync(context, request.Password, "password", cancellationToken);
        if (account is null)
        {
            return refused;
        }

        await factors.RemoveAsync(account, AuditActor.Of(context), cancellationToken);
        return TypedResults.NoContent();
    }
}
