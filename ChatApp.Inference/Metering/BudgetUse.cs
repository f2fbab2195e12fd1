namespace ChatApp.Inference.Metering;

/// <summary>What counts against a budget.</summary>
/// <param name="Tokens">Of prompts and answers.</param>
/// <param name="Cost">In the operator's currency.</param>
internal readonly record struct BudgetUse(long Tokens, decimal Cost)
{
    public static BudgetUse operator +(BudgetUse left, BudgetUse right) => new(left.Tokens + right.Tokens, left.Cost + right.Cost);

    public static BudgetUse operator -(BudgetUse left, BudgetUse right) => new(left.Tokens - right.Tokens, left.Cost - right.Cost);
}
