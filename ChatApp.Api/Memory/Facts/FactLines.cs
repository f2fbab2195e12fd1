using System.Buffers;
using System.Text.RegularExpressions;

namespace ChatApp.Api.Memory.Facts;

/// <summary>Reads what a model wrote as facts. It is trusted with nothing: what is not a short sentence on a line of its own is left out.</summary>
internal static partial class FactLines
{
    private const int MinLength = 8;
    private const int MaxLength = 300;

    private static readonly SearchValues<char> Markup = SearchValues.Create("<>{}[]`|");

    public static IReadOnlyList<string> Read(string answer, int max)
    {
        var facts = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in answer.Split('\n'))
        {
            var fact = Bullet().Replace(line.Trim(), "").Trim();
            if (facts.Count < max && IsFact(fact) && seen.Add(fact.TrimEnd('.')))
            {
                facts.Add(fact);
            }
        }

        return facts;
    }

    // Headings, markup, code and what is left of a thought are no facts.
    private static bool IsFact(string line) =>
        line.Length is >= MinLength and <= MaxLength
        && line.Contains(' ', StringComparison.Ordinal)
        && char.IsLetterOrDigit(line[0])
        && !line.EndsWith(':')
        && !line.EndsWith('?')
        && !line.AsSpan().ContainsAny(Markup)
        && !line.Any(char.IsControl);

    [GeneratedRegex(@"^([-*•]|[0-9]{1,2}[.)])\s+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Bullet();
}
