using System.ComponentModel.DataAnnotations;

namespace ChatApp.Inference.Caching;

/// <summary>The section <c>Gateway:Cache</c>: the bounds of the response cache, which a model takes part in by its own setting.</summary>
public sealed class CacheOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway:Cache";

    /// <summary>What all kept answers may take, in bytes; with 0 none is kept.</summary>
    /// <value>64 MiB.</value>
    [Range(0, 16L * 1024 * 1024 * 1024, ErrorMessage = "Gateway:Cache:MaxBytes must be between 0 and 17179869184.")]
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The largest answer that is kept, in bytes.</summary>
    /// <value>256 KiB.</value>
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "Gateway:Cache:MaxEntryBytes must be between 1024 and 67108864.")]
    public int MaxEntryBytes { get; set; } = 256 * 1024;

    /// <summary>How long an answer is given again. A model that is replaced under its own name goes on answering as before for so long.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lifetime <= TimeSpan.Zero || Lifetime > TimeSpan.FromDays(30))
        {
            yield return new ValidationResult($"Gateway:Cache:Lifetime is {Lifetime}; it must be above 0 and at most 30 days.");
        }
    }
}
