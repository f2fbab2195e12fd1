using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts;

/// <summary>What several of the accounts' endpoints have to refuse.</summary>
internal static class AccountProblems
{
    public static ProblemHttpResult Gone() =>
        TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "This account does not exist any more.");

    public static ProblemHttpResult LinkNotGood() => Problems.Coded(
        StatusCodes.Status400BadRequest, "link_not_good", "This link is not good any more: it was used, it is too old, or there is a newer one. Ask for another.");

    public static ProblemHttpResult EmailNotConfirmed() => Problems.Coded(
        StatusCodes.Status403Forbidden, "email_not_confirmed", "Confirm your e-mail address first: follow the link in the mail that was sent to it, or have another one sent.");

    public static ProblemHttpResult EmailTaken() => Problems.Coded(
        StatusCodes.Status409Conflict, "email_taken", "There is already an account with this e-mail address. Sign in instead.");
}
