namespace ChatApp.Inference.Metering;

/// <summary>What a caller may use on one day (UTC).</summary>
public sealed record BudgetLimit
{
    /// <summary>Nothing is limited.</summary>
    internal static BudgetLimit None { get; } = new();

    /// <summary>Tokens of prompts and answers.</summary>
    /// <value>Null: as many as it likes.</value>
    public long? TokensPerDay { get; init; }

    /// <summary>Cost, in the operator's currency.</summary>
    /// <value>Null: as much as it likes.</value>
    public decimal? CostPerDay { get; init; }

    internal bool IsLimited => TokensPerDay is not null || CostPerDay is not null;

    internal bool IsValid => TokensPerDay is null or >= 0 && CostPerDay is null or >= 0;

    /// <summary>Whether nothing is left of it. What costs nothing is not stopped by a limit of cost.</summary>
    internal bool IsReachedBy(BudgetUse use, bool hasPrice) => use.Tokens >= TokensPerDay || (hasPrice && use.Cost >= CostPerDay);
}
