using System.ComponentModel.DataAnnotations;

namespace ChatApp.Inference.Metering;

/// <summary>The section <c>Gateway:Budgets</c>. A caller's own entry stands in place of the default as a whole; what an admin stored stands before both.</summary>
public sealed class BudgetOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway:Budgets";

    /// <summary>What everybody may use who has no entry, each for itself; calls without a caller share one budget.</summary>
    /// <value>No limits.</value>
    public BudgetLimit Default { get; set; } = new();

    /// <summary>Callers with a budget of their own, by their names as in <c>ChatApp-Caller</c>.</summary>
    public Dictionary<string, BudgetLimit> Callers { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Default.IsValid)
        {
            yield return new ValidationResult("Gateway:Budgets:Default has a limit below 0.");
        }

        foreach (var (caller, limit) in Callers)
        {
            if (!limit.IsValid)
            {
                yield return new ValidationResult($"Gateway:Budgets:Callers:{caller} has a limit below 0.");
            }
        }
    }
}
