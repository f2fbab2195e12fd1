namespace ChatApp.Inference.Admin;

/// <summary>A caller's budget and what is used of it.</summary>
/// <param name="Caller">Its name.</param>
/// <param name="TokensPerDay">Tokens of a day; left out when there is no such limit.</param>
/// <param name="CostPerDay">Cost of a day; left out when there is no such limit.</param>
/// <param name="UsedTokens">Used today (UTC), as far as this gateway knows.</param>
/// <param name="UsedCost">The same in cost.</param>
/// <param name="Currency">As configured.</param>
/// <param name="ResetsAt">When the day ends.</param>
/// <param name="Source"><c>stored</c>, <c>configuration</c>, <c>default</c> or <c>none</c>.</param>
internal sealed record BudgetState(
    string Caller, long? TokensPerDay, decimal? CostPerDay, long UsedTokens, decimal UsedCost, string Currency, DateTimeOffset ResetsAt, string Source);
