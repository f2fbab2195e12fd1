namespace ChatApp.Api.Prompting;

/// <summary>
/// Chooses how much of a conversation a model is shown. The beginning moves in blocks of messages, not with every one:
/// while it stays where it is, each prompt begins with the whole one before it, and the engine has that in its cache.
/// </summary>
internal static class HistoryWindow
{
    /// <summary>Messages that go at once, where many fit; fewer where few do. Even, so that what remains begins with the person.</summary>
    public const int Block = 8;

    /// <summary>The newest messages that fit into the budget, cut at a block; always the newest one.</summary>
    /// <param name="path">Oldest first; the last is the message to answer.</param>
    /// <param name="budgetTokens">Tokens that fit.</param>
    /// <param name="charactersPerToken">Characters a token.</param>
    public static IEnumerable<HistoryMessage> Trim(IReadOnlyList<HistoryMessage> path, int budgetTokens, double charactersPerToken)
    {
        var start = FirstThatFits(path, budgetTokens * charactersPerToken);
        var block = Block;
        while (block > 2 && block * 2 > path.Count - start)
        {
            block /= 2;
        }

        while (start < path.Count - 1 && path[start].Depth % block != 0)
        {
            start++;
        }

        return path.Skip(start);
    }

    private static int FirstThatFits(IReadOnlyList<HistoryMessage> path, double budgetCharacters)
    {
        var used = 0.0;
        var index = path.Count;
        while (index > 0)
        {
            used += path[index - 1].Text.Length;
            if (used > budgetCharacters)
            {
                break;
            }

            index--;
        }

        return Math.Min(index, path.Count - 1);
    }
}
