using System.Text.RegularExpressions;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Finds headings in text that does not mark them.</summary>
internal static partial class HeadingGuess
{
    private const int MaxLength = 80;

    /// <summary>The level of a line that stands alone; 0 when it is not a heading.</summary>
    public static int Level(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.Length is < 3 or > MaxLength || line.Contains('\n') || line[^1] is '.' or ',' or ';' or ':' or '!' or '?')
        {
            return 0;
        }

        if (Chapter().IsMatch(line))
        {
            return 1;
        }

        foreach (var match in Numbered().EnumerateMatches(line))
        {
            return 1 + line.Slice(match.Index, match.Length).TrimEnd(" .").Count('.');
        }

        return IsCapitals(line) ? 1 : 0;
    }

    [GeneratedRegex(@"^(chapter|part|section|appendix|article)\s+([0-9]+|[ivxlc]+|[a-z])\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chapter();

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,3}){0,3}\.?\s+(?=\p{Lu})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();

    private static bool IsCapitals(ReadOnlySpan<char> line)
    {
        var letters = 0;
        foreach (var character in line)
        {
            if (char.IsLower(character))
            {
                return false;
            }

            letters += char.IsUpper(character) ? 1 : 0;
        }

        return letters >= 4 && letters * 2 > line.Length;
    }
}
