using System.Text;

namespace ChatApp.Api.Moderation.Injection;

/// <summary>
/// Finds the mark of a system prompt in an answer: whole, in capitals, set apart, backwards, or in Base64 or hexadecimal digits. It is
/// of no category, and what is of none is blocked.
/// </summary>
internal sealed class CanaryDetector(Canary canary) : IStreamDetector
{
    public const string DetectorName = "canary";

    /// <summary>No category that a policy knows.</summary>
    public const ModerationCategory Leak = (ModerationCategory)(-1);

    // A code that is shorter holds no mark; one that is longer than this is decoded as far.
    private const int ShortestCode = 35;
    private const string Reversed = "nc";

    public string Name => DetectorName;

    public bool IsImmediate => true;

    public ValueTask<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, CancellationToken cancellationToken) =>
        new(text.Source == ModerationSource.Answer ? Scan(text.Text) : []);

    public int Undecided(ModeratedText text)
    {
        if (text.Source != ModerationSource.Answer)
        {
            return 0;
        }

        var (letters, places) = Letters(text.Text);
        for (var i = Math.Max(0, letters.Length - Canary.Length + 1); i < letters.Length; i++)
        {
            if (Canary.MayBegin(letters.AsSpan(i)))
            {
                return text.Text.Length - places[i];
            }
        }

        return 0;
    }

    /// <summary>Where marks are; the whole text where one is in a code.</summary>
    public IReadOnlyList<Detection> Scan(string text)
    {
        var (letters, places) = Letters(text);
        List<Detection> found = [];
        Add(letters, static (i, _) => i);
        var backwards = string.Concat(letters.Reverse());
        if (letters.Contains(Reversed, StringComparison.Ordinal))
        {
            Add(backwards, (i, length) => letters.Length - i - length);
        }

        if (found is [] && EncodedText.Runs(text, ShortestCode).Any(code => EncodedText.Readings(code).Any(Holds)))
        {
            found.Add(new Detection(Leak, ModerationLevel.High, 0, text.Length, DetectorName, "encoded"));
        }

        return found;

        void Add(string read, Func<int, int, int> first)
        {
            for (var i = read.IndexOf("cn", StringComparison.Ordinal); i >= 0; i = read.IndexOf("cn", i + 1, StringComparison.Ordinal))
            {
                if (canary.Begins(read.AsSpan(i)))
                {
                    var start = first(i, Canary.Length);
                    var end = places[start + Canary.Length - 1] + 1;
                    found.Add(new Detection(Leak, ModerationLevel.High, places[start], end - places[start], DetectorName, "mark"));
                }
            }
        }
    }

    private bool Holds(string decoded)
    {
        var (letters, _) = Letters(decoded);
        for (var i = letters.IndexOf("cn", StringComparison.Ordinal); i >= 0; i = letters.IndexOf("cn", i + 1, StringComparison.Ordinal))
        {
            if (canary.Begins(letters.AsSpan(i)))
            {
                return true;
            }
        }

        return false;
    }

    // Letters and digits in lower case, and where they stand.
    private static (string Letters, List<int> Places) Letters(string text)
    {
        var (letters, places) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                letters.Append(char.ToLowerInvariant(text[i]));
                places.Add(i);
            }
        }

        return (letters.ToString(), places);
    }
}
