namespace ChatApp.Api.Prompting;

/// <summary>
/// Chooses how much of a conversation a model is shown. The beginning moves in blocks of messages, not with every one:
/// while it stays where it is, each prompt begins with the whole one before it, and the engine has that in its cache.
/// </summary>
internal static class HistoryWindow
{
    /// <summary>Messages that go at once, where many fit; fewer where few do. Even, so that what remains begins with the person.</summary>
    public const int Block = 8;

    private const int MostAtOnce = 64;

    /// <summary>The newest messages that fit into the budget, cut at a block; always the newest one.</summary>
    /// <param name="path">Oldest first; the last is the message to answer.</param>
    /// <param name="budgetTokens">Tokens that fit.</param>
    /// <param name="charactersPerToken">Characters a token.</param>
    public static IEnumerable<HistoryMessage> Trim(IReadOnlyList<HistoryMessage> path, int budgetTokens, double charactersPerToken) =>
        path.Skip(Start(path, budgetTokens, i => TokenEstimate.Of(path[i].Text, charactersPerToken)));

    /// <summary>Where those begin.</summary>
    /// <param name="path">Oldest first; the last is the message to answer.</param>
    /// <param name="budgetTokens">Tokens that fit.</param>
    /// <param name="tokens">The tokens of a message of the path.</param>
    public static int Start(IReadOnlyList<HistoryMessage> path, int budgetTokens, Func<int, double> tokens)
    {
        var start = FirstThatFits(path, budgetTokens, tokens);
        var fit = path.Count - start;
        var block = Block;
        while (block > 2 && block * 2 > fit)
        {
            block /= 2;
        }

        // Where very many fit, more go at once: the engine reads all that remains again each time.
        while (block < MostAtOnce && block * 4 <= fit)
        {
            block *= 2;
        }

        while (start < path.Count - 1 && path[start].Depth % block != 0)
        {
            start++;
        }

        return start;
    }

    private static int FirstThatFits(IReadOnlyList<HistoryMessage> path, int budgetTokens, Func<int, double> tokens)
    {
        var used = 0.0;
        var index = path.Count;
        while (index > 0)
        {
            used += tokens(index - 1);
            if (used > budgetTokens)
            {
                break;
            }

            index--;
        }

        return Math.Min(index, path.Count - 1);
    }
}
