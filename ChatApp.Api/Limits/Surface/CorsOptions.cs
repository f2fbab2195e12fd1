using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Limits.Surface;

/// <summary>Section <c>Cors</c>: the sites of others whose script may call this Api in a browser. ChatApp's own site needs none of it.</summary>
internal sealed class CorsOptions : IValidatableObject
{
    public const string Section = "Cors";

    /// <summary>Whole origins, such as <c>https://app.example.org</c>: no wildcards, and nothing after the host and its port.</summary>
    /// <value>Defaults to none.</value>
    [MaxLength(100, ErrorMessage = "'Cors:Origins' has 100 entries at most.")]
    public IList<string> Origins { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in Origins)
        {
            if (!IsOrigin(origin))
            {
                yield return new ValidationResult(
                    $"'Cors:Origins' has '{origin}', which is not a whole origin. Write scheme, host and, where it is not the usual one, port, such as https://app.example.org.");
            }
        }
    }

    // As a browser writes it: compared as text, anything else would never match, and a wildcard would be somebody's hope.
    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && !origin.Contains('*', StringComparison.Ordinal)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.Ordinal)
        && uri.UserInfo.Length == 0;
}
