namespace ChatApp.Inference.Metering;

/// <summary>Where a caller's budget comes from.</summary>
internal enum BudgetSource
{
    /// <summary>There is none.</summary>
    None,

    /// <summary><c>Gateway:Budgets:Default</c>.</summary>
    Default,

    /// <summary><c>Gateway:Budgets:Callers</c>.</summary>
    Configuration,

    /// <summary>An admin stored it.</summary>
    Stored,
}
