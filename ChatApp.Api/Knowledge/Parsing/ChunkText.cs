using System.Globalization;
using System.Text;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Makes text that a document holds one that can be stored and shown.</summary>
internal static class ChunkText
{
    /// <summary>No control characters, no invisible ones, no runs of spaces, at most one empty line after another.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        var spaces = 0;
        var lines = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                lines++;
                continue;
            }

            // What a tab or a no-break space divides is divided by a space as well.
            if (Rune.IsWhiteSpace(rune) || rune.Value == '\u200b')
            {
                spaces++;
                continue;
            }

            if (IsInvisible(rune))
            {
                continue;
            }

            if (clean.Length > 0)
            {
                clean.Append(lines > 0 ? (lines > 1 ? "\n\n" : "\n") : spaces > 0 ? " " : "");
            }

            clean.Append(rune);
            (spaces, lines) = (0, 0);
        }

        var result = clean.ToString();
        return result.IsNormalized(NormalizationForm.FormC) ? result : result.Normalize(NormalizationForm.FormC);
    }

    /// <summary>The same on one line.</summary>
    public static string Line(ReadOnlySpan<char> text) => Clean(text).ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal);

    // Joiners stay: emoji and several scripts are written with them.
    private static bool IsInvisible(Rune rune) => rune == Rune.ReplacementChar || rune.Value == 0xAD || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => true,
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => false,
    };
}
