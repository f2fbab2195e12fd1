using ChatApp.Api.Gateway.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Gateway;

internal static class BudgetEndpoints
{
    public static void MapBudgets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/budgets/{caller}", Get)
            .WithName("GetBudget").WithSummary("What a caller may use in a day, and has used: an account's id, or one of the background's names.");
        routes.MapPut("/budgets/{caller}", Put)
            .WithName("PutBudget").WithSummary("Gives a caller a budget of its own.").ProducesProblem(StatusCodes.Status400BadRequest);
        routes.MapDelete("/budgets/{caller}", Delete)
            .WithName("DeleteBudget").WithSummary("Takes it away: the configured or the common one holds again.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<CallerBudget>> Get(string caller, GatewayClient gateway, CancellationToken cancellationToken) =>
        TypedResults.Ok(await gateway.GetAsync(Path(caller), GatewayJson.Default.CallerBudget, cancellationToken));

    private static async Task<Results<Ok<CallerBudget>, ValidationProblem>> Put(
        string caller, BudgetChange change, GatewayClient gateway, CancellationToken cancellationToken)
    {
        var (budget, _) = await gateway.SendAsync(
            HttpMethod.Put, Path(caller), change, GatewayJson.Default.BudgetChange, GatewayJson.Default.CallerBudget, cancellationToken);
        return TypedResults.Ok(budget);
    }

    private static async Task<NoContent> Delete(string caller, GatewayClient gateway, CancellationToken cancellationToken)
    {
        await gateway.DeleteAsync(Path(caller), cancellationToken);
        return TypedResults.NoContent();
    }

    private static string Path(string caller) => $"budgets/{Uri.EscapeDataString(caller)}";
}
