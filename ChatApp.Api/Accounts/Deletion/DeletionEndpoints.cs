using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Passwords;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts.Deletion;

internal static class DeletionEndpoints
{
    public static void MapAccountDeletion(this IEndpointRouteBuilder routes) => routes.MapPost("/api/me/deletion", Delete)
        .RequireAuthorization(Policies.Session).WithTags("Accounts")
        .WithName("DeleteAccount").WithSummary("Closes this account at once and for good, and deletes everything that it left, everywhere.")
        .WithDescription("It is signed out everywhere and its address is free again by the time of the answer; the rest is gone some minutes later. Ask for an export before.")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Accepted, ValidationProblem, ProblemHttpResult>> Delete(
        DeletionRequest request,
        HttpContext context,
        Reauthentication reauthentication,
        AccountClosing closing,
        AccountDeletion deletion,
        CancellationToken cancellationToken)
    {
        var (account, refused) = await reauthentication.AskAsync(context, request.Password, "password", cancellationToken);
        if (account is null)
        {
            return refused;
        }

        switch (await closing.CloseAsync(account.Id, AuditActor.Of(context), cancellationToken))
        {
            case ClosingResult.LastAdmin:
                return Problems.Conflict("You are the last administrator, and nobody else could run the service. Make somebody else an administrator first.");
            case ClosingResult.NoSuchAccount:
                return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, detail: "This account does not exist any more.");
            default:
                deletion.Wake();
                return TypedResults.Accepted((string?)null);
        }
    }
}
