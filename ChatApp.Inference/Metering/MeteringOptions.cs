using System.ComponentModel.DataAnnotations;

namespace ChatApp.Inference.Metering;

/// <summary>The section <c>Gateway:Metering</c>: how usage is kept.</summary>
public sealed class MeteringOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway:Metering";

    /// <summary>How often usage is written to the database, which is also how long gateways may not know of each other's.</summary>
    /// <value>1 second.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often budgets that were stored through other gateways are looked for.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan BudgetInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many days of usage are kept.</summary>
    /// <value>400.</value>
    [Range(1, 10_000, ErrorMessage = "Gateway:Metering:RetentionDays must be between 1 and 10000.")]
    public int RetentionDays { get; set; } = 400;

    /// <summary>How many sums, by day, model, target and caller, are held in memory at once; then new callers are no longer told apart.</summary>
    /// <value>20,000, about 10 MB.</value>
    [Range(10, 1_000_000, ErrorMessage = "Gateway:Metering:MaxKeys must be between 10 and 1000000.")]
    public int MaxKeys { get; set; } = 20_000;

    /// <summary>What prices and costs are in; it is only told, nothing is converted.</summary>
    /// <value>USD.</value>
    [RegularExpression("^[A-Za-z]{3,10}$", ErrorMessage = "Gateway:Currency must be 3 to 10 letters, such as USD.")]
    public string Currency { get; set; } = "USD";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FlushInterval < TimeSpan.FromMilliseconds(50) || FlushInterval > TimeSpan.FromMinutes(1))
        {
            yield return new ValidationResult($"Gateway:Metering:FlushInterval is {FlushInterval}; it must be between 50 ms and 1 minute.");
        }

        if (BudgetInterval < TimeSpan.FromMilliseconds(50) || BudgetInterval > TimeSpan.FromMinutes(5))
        {
            yield return new ValidationResult($"Gateway:Metering:BudgetInterval is {BudgetInterval}; it must be between 50 ms and 5 minutes.");
        }
    }
}
