namespace ChatApp.AppHost.Gateway;

/// <summary>What a caller may use in a day; null for no limit.</summary>
internal sealed class BudgetEntry
{
    /// <summary>Tokens, of prompts and answers together.</summary>
    public long? TokensPerDay { get; set; }

    /// <summary>Cost in the operator's currency.</summary>
    public decimal? CostPerDay { get; set; }
}
