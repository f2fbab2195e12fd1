using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Gateway.Contracts;

/// <summary>A budget that is set.</summary>
/// <param name="TokensPerDay">Tokens of prompts and answers; null for no limit.</param>
/// <param name="CostPerDay">Cost; null for no limit.</param>
public sealed record BudgetChange(
    [Range(0, 1_000_000_000_000, ErrorMessage = "Tokens are between 0 and 1,000,000,000,000.")] long? TokensPerDay = null,
    [Range(0, 1_000_000_000, ErrorMessage = "A cost is between 0 and 1,000,000,000.")] decimal? CostPerDay = null);
