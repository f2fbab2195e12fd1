namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Cuts text that is too long: between lines, else between sentences, else between words.</summary>
internal static class TextSplitter
{
    /// <summary>Pieces of no more than <paramref name="most"/> characters, about as long as each other.</summary>
    public static IEnumerable<string> Split(string text, int most)
    {
        var start = 0;
        while (text.Length - start > most)
        {
            // Shared out among as many pieces as it takes; else the last one would often be a stump.
            var left = text.Length - start;
            var wanted = (left / ((left + most - 1) / most)) + (most / 8);
            var end = start + Cut(text.AsSpan(start, Math.Min(most, left)), Math.Min(wanted, most));
            var piece = text[start..end].Trim();
            if (piece.Length > 0)
            {
                yield return piece;
            }

            start = end;
        }

        var rest = text[start..].Trim();
        if (rest.Length > 0)
        {
            yield return rest;
        }
    }

    /// <summary>The beginning, to the end of a word.</summary>
    public static string Shorten(string text, int most)
    {
        var end = text.LastIndexOf(' ', most - 1);
        if (end < most / 2)
        {
            end = most - 1;
        }

        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    private static int Cut(ReadOnlySpan<char> window, int wanted)
    {
        var least = wanted / 2;
        var line = window[..wanted].LastIndexOf('\n');
        if (line >= least)
        {
            return line + 1;
        }

        for (var i = wanted - 1; i >= least; i--)
        {
            if (EndsSentence(window, i))
            {
                return i + 1;
            }
        }

        var space = window[..wanted].LastIndexOfAny(' ', '\n');
        if (space >= least / 2)
        {
            return space + 1;
        }

        return char.IsHighSurrogate(window[wanted - 1]) ? wanted - 1 : wanted;
    }

    private static bool EndsSentence(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '。' or '！' or '？' => true,
        '.' or '!' or '?' or ';' or '…' => at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]),
        _ => false,
    };
}
