namespace ChatApp.Api.Gateway.Contracts;

/// <summary>What a caller may use in a day, and has used of it.</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="TokensPerDay">Tokens of prompts and answers; null for no limit.</param>
/// <param name="CostPerDay">Cost; null for no limit.</param>
/// <param name="UsedTokens">Tokens used since the last reset.</param>
/// <param name="UsedCost">Cost since then.</param>
/// <param name="Currency">In which currency.</param>
/// <param name="ResetsAt">When it begins anew.</param>
/// <param name="Source">Where the limits come from, such as default, configuration or stored.</param>
public sealed record CallerBudget(
    string Caller, long? TokensPerDay, decimal? CostPerDay, long UsedTokens, decimal UsedCost, string? Currency, DateTimeOffset? ResetsAt, string? Source);
