using ChatApp.Api.Moderation;

namespace ChatApp.Tests.Moderation;

/// <summary>A detector that knows a few words, wherever they stand, and how much of a text's end could begin one of them.</summary>
internal sealed class WordDetector(bool isImmediate, params (string Word, ModerationCategory Category, ModerationLevel Level)[] words) : IStreamDetector
{
    private int _longest;

    public string Name { get; init; } = isImmediate ? "rules" : "classifier";

    public bool IsImmediate => isImmediate;

    /// <summary>Whether it has no answer at the moment.</summary>
    public bool IsAway { get; set; }

    /// <summary>Characters of the longest text that it was given.</summary>
    public int Longest => _longest;

    /// <summary>What it waits for before it answers; null for nothing.</summary>
    public Func<Task>? Waits { get; set; }

    public async ValueTask<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, CancellationToken cancellationToken)
    {
        _longest = Math.Max(_longest, text.Text.Length);
        if (Waits is { } wait)
        {
            await wait();
        }

        return IsAway ? throw new ModerationUnavailableException("It is away.") : Scan(text.Text);
    }

    public int Undecided(ModeratedText text)
    {
        for (var length = Math.Min(words.Max(static w => w.Word.Length) - 1, text.Text.Length); length > 0; length--)
        {
            if (words.Any(w => w.Word.Length > length && text.Text.AsSpan().EndsWith(w.Word.AsSpan(0, length))))
            {
                return length;
            }
        }

        return 0;
    }

    private List<Detection> Scan(string text)
    {
        List<Detection> found = [];
        foreach (var (word, category, level) in words)
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                found.Add(new Detection(category, level, at, word.Length, Name, $"word/{word.Length}"));
            }
        }

        return found;
    }
}
