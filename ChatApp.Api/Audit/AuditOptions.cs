using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Audit;

/// <summary>Section <c>Audit</c>.</summary>
internal sealed class AuditOptions : IValidatableObject
{
    public const string Section = "Audit";

    /// <summary>How long entries are kept, a day at least; zero keeps them for ever.</summary>
    /// <value>Defaults to 365 days.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Retention != TimeSpan.Zero && (Retention < TimeSpan.FromDays(1) || Retention > TimeSpan.FromDays(36500)))
        {
            yield return new ValidationResult("'Audit:Retention' is between a day and a hundred years, such as 365.00:00:00, or 0 to keep entries for ever.", [nameof(Retention)]);
        }
    }
}
