using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Admin;

/// <summary>What usage and budgets may answer besides.</summary>
internal static class MeteringErrors
{
    public static GatewayError DatabaseAway { get; } = new(
        503, "server_error", "database_unavailable", "The gateway's database does not answer. Calls go on, and usage is kept until it is back. Try again in a moment.");

    public static GatewayError TooManyBudgets { get; } = new(
        409, "invalid_request_error", "too_many_budgets", $"There are {BudgetStoreMaximum} stored budgets, the most there may be. Delete one that is not needed, or use Gateway:Budgets:Default.");

    public static GatewayError NoSuchBudget { get; } = new(
        404, "invalid_request_error", "not_found", "No budget is stored for this caller. What holds for it comes from the configuration.");

    private const int BudgetStoreMaximum = Metering.BudgetStore.Maximum;
}
