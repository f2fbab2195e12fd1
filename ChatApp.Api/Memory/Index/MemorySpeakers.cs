namespace ChatApp.Api.Memory.Index;

/// <summary>Whom a question is about, where it says so.</summary>
internal static class MemorySpeakers
{
    /// <summary>How much what somebody said themselves counts more, when a question names them.</summary>
    public const double NamedFactor = 1.3;

    /// <summary>The same when it only says <c>I</c> or <c>you</c>, which questions also do for other reasons.</summary>
    public const double MeantFactor = 1.15;

    private static readonly HashSet<string> First = new(["i", "i'm", "i've", "i'd", "my", "mine", "myself"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Second = new(["you", "your", "yours", "yourself", "you're", "you've"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the word is one of the speaker's names, as names are written: <c>Ada</c>, <c>Ada's</c>.</summary>
    public static bool IsName(string word, string name)
    {
        var bare = Bare(word);
        if (bare.Length < 2 || !char.IsUpper(bare[0]))
        {
            return false;
        }

        foreach (var part in name.AsSpan().Split(' '))
        {
            if (bare.AsSpan().Equals(name.AsSpan(part), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Who is favoured by a question of these words, and how much; nobody when it may be either of the two.</summary>
    public static (MemorySpeaker? Speaker, double Factor) Favoured(IReadOnlyCollection<string> words, string userName, string characterName)
    {
        var user = words.Any(w => IsName(w, userName));
        var character = words.Any(w => IsName(w, characterName));
        if (user != character)
        {
            return (user ? MemorySpeaker.User : MemorySpeaker.Character, NamedFactor);
        }

        if (user)
        {
            return (null, 1);
        }

        var first = words.Any(static w => First.Contains(Bare(w)));
        var second = words.Any(static w => Second.Contains(Bare(w)));
        return (first, second) switch
        {
            (true, false) => (MemorySpeaker.User, MeantFactor),
            (false, true) => (MemorySpeaker.Character, MeantFactor),
            _ => (null, 1),
        };
    }

    private static string Bare(string word)
    {
        var bare = word.Replace('’', '\'').AsSpan().Trim("\"'.,;:!?()[]{}*_…„“”«»");
        return bare.EndsWith("'s", StringComparison.OrdinalIgnoreCase) ? bare[..^2].ToString() : bare.ToString();
    }
}
