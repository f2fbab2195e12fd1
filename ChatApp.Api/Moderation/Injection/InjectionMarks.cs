namespace ChatApp.Api.Moderation.Injection;

/// <summary>What no text has that was written to be read: marks of chat formats, invisible characters, links that carry data away.</summary>
internal static class InjectionMarks
{
    // A few joiners belong to scripts and to emoji.
    private const int UsualInvisible = 6;
    private const int LongQuery = 80;

    private static readonly string[] EngineMarks =
    [
        "<|im_start|>", "<|im_end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "[inst]", "[/inst]",
        "<<sys>>", "<start_of_turn>", "<end_of_turn>", "</s>", "<｜",
    ];

    private static readonly string[] LineMarks =
    [
        "system:", "assistant:", "### system", "### instruction", "## system", "# system", "[system]", "<system>", "system prompt:", "### assistant", "human:", "user:", "[assistant]", "<assistant>", "ai:",
    ];

    /// <summary>Each kind that the text has, with what it adds to the score.</summary>
    public static IEnumerable<(double Score, string Reason)> Find(string text)
    {
        if (EngineMarks.Any(m => text.Contains(m, StringComparison.OrdinalIgnoreCase)))
        {
            yield return (0.6, "role marks");
        }

        var lines = Lines(text).Select(static l => l.TrimStart().TrimStart('*', '-', '>', '`', ' ')).Sum(static l => LineMarks.Count(m => l.StartsWith(m, StringComparison.OrdinalIgnoreCase)));
        if (lines > 0)
        {
            // A talk that is written down has speakers too.
            yield return (lines == 1 ? 0.35 : 0.3, "role marks");
        }

        var (tags, invisible) = Invisible(text);
        if (tags > 0 || invisible > UsualInvisible)
        {
            yield return (tags > 0 ? 0.8 : 0.5, "invisible text");
        }

        if (HasImageWithData(text))
        {
            yield return (0.6, "link with data");
        }
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Where(static l => l.Length > 0);

    private static (int Tags, int Invisible) Invisible(string text)
    {
        var (tags, invisible) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            // Tag characters spell ASCII that nobody sees; flags of regions are the one thing that they are for.
            tags += rune.Value is >= 0xE0020 and <= 0xE007E ? 1 : 0;
            invisible += rune.Value is 0x200B or 0x2060 or 0x2061 or 0x2062 or 0x2063 or 0x2064 or 0x202E or 0x202D or 0x180E or 0xFEFF ? 1 : 0;
        }

        return (tags > 6 ? tags : 0, invisible);
    }

    // ![x](https://host/?q=…): shown somewhere else it would tell its host what the answer says.
    private static bool HasImageWithData(string text)
    {
        for (var at = text.IndexOf("![", StringComparison.Ordinal); at >= 0; at = text.IndexOf("![", at + 2, StringComparison.Ordinal))
        {
            var open = text.IndexOf("](", at, Math.Min(200, text.Length - at), StringComparison.Ordinal);
            if (open < 0)
            {
                continue;
            }

            var end = text.IndexOf(')', open);
            var address = text.AsSpan(open + 2, (end < 0 ? text.Length : end) - open - 2);
            var query = address.IndexOf('?');
            if (query >= 0 && (address.Length - query > LongQuery || address[query..].IndexOfAny("{[<$") >= 0))
            {
                return true;
            }
        }

        return text.Contains("<img", StringComparison.OrdinalIgnoreCase) && text.Contains("onerror", StringComparison.OrdinalIgnoreCase);
    }
}
