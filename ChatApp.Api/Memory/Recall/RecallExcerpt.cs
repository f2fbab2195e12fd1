namespace ChatApp.Api.Memory.Recall;

/// <summary>As much of a text as a reminder needs.</summary>
internal static class RecallExcerpt
{
    private const int Longest = 600;
    private const int Lead = 150;

    /// <summary>The text, or of a long one the part that has most of the words, on word boundaries, with dots where something is missing.</summary>
    public static string Of(string text, IReadOnlyList<string> words)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var begin = Boundary(text, Math.Max(0, Best(text, words) - Lead));
        var end = Math.Min(text.Length, begin + Longest);
        if (end < text.Length && text.LastIndexOf(' ', end, Longest / 2) is > 0 and var space)
        {
            end = space;
        }
        else if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return (begin > 0 ? "… " : "") + text[begin..end].Trim() + (end < text.Length ? " …" : "");
    }

    // Where a stretch of the excerpt's length has the most of the words.
    private static int Best(string text, IReadOnlyList<string> words)
    {
        var places = words.Select(w => text.IndexOf(w, StringComparison.OrdinalIgnoreCase)).Where(static p => p >= 0).Order().ToList();
        return places.Count == 0 ? 0 : places.MaxBy(p => places.Count(q => q >= p && q < p + Longest - Lead));
    }

    private static int Boundary(string text, int at)
    {
        if (at == 0)
        {
            return 0;
        }

        var space = text.IndexOf(' ', at, Math.Min(60, text.Length - at));
        if (space >= 0)
        {
            return space + 1;
        }

        return char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }
}
