using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The rules for names of resources and endpoints.</summary>
internal static partial class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string target, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Problem(name) is { } problem)
        {
            throw new ArgumentException($"{target} name '{name}' is invalid. {problem}", nameof(name));
        }
    }

    private static string? Problem(string name) =>
        name.Length is 0 or > MaxLength ? $"Name must be between 1 and {MaxLength} characters long."
        : !char.IsAsciiLetter(name[0]) ? "Name must start with an ASCII letter."
        : !Allowed().IsMatch(name) ? "Name must contain only ASCII letters, digits, and hyphens."
        : name.Contains("--", StringComparison.Ordinal) ? "Name cannot contain consecutive hyphens."
        : name[^1] == '-' ? "Name cannot end with a hyphen."
        : null;

    [GeneratedRegex("^[A-Za-z0-9-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Allowed();
}
