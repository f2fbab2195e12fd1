namespace ChatApp.Web.Api;

/// <summary>What was used of the models, by whatever was asked for.</summary>
/// <param name="Model">The model.</param>
/// <param name="Caller">On whose behalf.</param>
/// <param name="CallerName">The name of the account that the caller is.</param>
/// <param name="Requests">Calls.</param>
/// <param name="Failed">Calls that got no answer.</param>
/// <param name="Cached">Calls that were answered from the gateway's cache.</param>
/// <param name="InputTokens">Tokens of prompts.</param>
/// <param name="CachedInputTokens">Of these, what engines had in their caches.</param>
/// <param name="OutputTokens">Tokens of answers.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Currency">In which currency.</param>
public sealed record UsageRow(
    string? Model,
    string? Caller,
    string? CallerName,
    long Requests,
    long Failed,
    long Cached,
    long InputTokens,
    long CachedInputTokens,
    long OutputTokens,
    decimal Cost,
    string? Currency);

/// <summary>What a caller may use in a day, and has used.</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="TokensPerDay">Tokens; null for no limit.</param>
/// <param name="CostPerDay">Cost; null for no limit.</param>
/// <param name="UsedTokens">Tokens used since the last reset.</param>
/// <param name="UsedCost">Cost since then.</param>
/// <param name="Currency">In which currency.</param>
/// <param name="ResetsAt">When it begins anew.</param>
/// <param name="Source">Where the limits come from.</param>
public sealed record Budget(
    string Caller, long? TokensPerDay, decimal? CostPerDay, long UsedTokens, decimal UsedCost, string? Currency, DateTimeOffset? ResetsAt, string? Source)
{
    /// <summary>Administrators set it, and can take it away.</summary>
    public bool IsStored => Source == "stored";
}

/// <summary>The body that sets a budget.</summary>
internal sealed record BudgetChange(long? TokensPerDay, decimal? CostPerDay);
