using System.Globalization;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts;

/// <summary>What several of the accounts' endpoints have to refuse.</summary>
internal static class AccountProblems
{
    public static ProblemHttpResult Gone() =>
        TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "This account does not exist any more.");

    /// <summary>What was right when it was looked at is not what the account has now.</summary>
    public static ProblemHttpResult ChangedMeanwhile() => TypedResults.Problem(
        statusCode: StatusCodes.Status401Unauthorized, detail: "The password or the second factor of this account was changed in this moment. Sign in again.");

    public static ProblemHttpResult TicketEnded() => Problems.Because(
        StatusCodes.Status401Unauthorized, ProblemCodes.TicketEnded, "This sign-in took too long, or too many codes were wrong. Begin again with your password.");

    public static ProblemHttpResult LinkNotGood() => Problems.Because(
        StatusCodes.Status400BadRequest, ProblemCodes.LinkNotGood, "This link is not good any more: it was used, it is too old, or there is a newer one. Ask for another.");

    public static ProblemHttpResult EmailNotConfirmed() => Problems.Because(
        StatusCodes.Status403Forbidden, ProblemCodes.EmailNotConfirmed, "Confirm your e-mail address first: follow the link in the mail that was sent to it, or have another one sent.");

    public static ProblemHttpResult EmailTaken() => Problems.Because(
        StatusCodes.Status409Conflict, ProblemCodes.EmailTaken, "There is already an account with this e-mail address. Sign in instead.");

    /// <summary>Only for whoever has shown that the account is theirs.</summary>
    public static ProblemHttpResult Banned(Account account) => Problems.Because(
        StatusCodes.Status403Forbidden,
        ProblemCodes.Banned,
        string.Create(
            CultureInfo.InvariantCulture,
            $"This account is closed{(account.BannedUntil is { Year: < 9999 } until ? $" until {until:yyyy-MM-dd HH:mm} UTC" : "")}. The reason: {account.BanReason}"));
}
