namespace ChatApp.AppHost.Gateway;

/// <summary>The section <c>ChatApp:Budgets</c>.</summary>
internal sealed class BudgetSettings
{
    /// <summary>What each caller may use that has no budget of its own; null for no limit.</summary>
    public BudgetEntry? Default { get; set; }

    /// <summary>Budgets of callers, by their names.</summary>
    public Dictionary<string, BudgetEntry> Callers { get; set; } = [];
}
