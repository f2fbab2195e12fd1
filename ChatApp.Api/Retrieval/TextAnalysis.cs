using System.Text;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Retrieval;

/// <summary>
/// How every text becomes terms: <c>to_tsvector(@Language::regconfig, @prepared)</c>, in the statement that stores or looks for it.
/// </summary>
internal sealed class TextAnalysis(IOptions<RetrievalOptions> options)
{
    /// <summary>The parameter of that name.</summary>
    public string Language => options.Value.Language;

    /// <summary>
    /// The text as the parser of Postgres can take it apart. Scripts without spaces are one word to it, so they are given in
    /// overlapping pairs of characters, which is what search engines do with them.
    /// </summary>
    public static string Prepare(string text)
    {
        var composed = Storable(text).Normalize(NormalizationForm.FormKC);
        if (!composed.AsSpan().ContainsAnyInRange('\u0e00', '\uffef'))
        {
            return composed;
        }

        var prepared = new StringBuilder(composed.Length * 2);
        var previous = default(Rune);
        foreach (var rune in composed.EnumerateRunes())
        {
            if (!IsWithoutSpaces(rune))
            {
                prepared.Append(IsWithoutSpaces(previous) ? " " : "").Append(rune);
            }
            else if (IsWithoutSpaces(previous))
            {
                prepared.Append(' ').Append(previous).Append(rune);
            }
            else
            {
                // A character that stands alone is a word too.
                prepared.Append(' ').Append(rune);
            }

            previous = rune;
        }

        return prepared.ToString();
    }

    // What Postgres does not take as text, and Unicode not as characters, is no part of any word.
    private static string Storable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value == 0 ? new Rune(' ') : rune);
        }

        return storable.ToString();
    }

    // Thai, Lao, Khmer, Myanmar; kana, CJK ideographs with their extensions. Hangul has spaces.
    private static bool IsWithoutSpaces(Rune rune) => rune.Value is
        (>= 0x0E01 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3041 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0x20000 and <= 0x323AF);
}
