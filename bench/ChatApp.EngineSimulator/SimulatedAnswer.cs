namespace ChatApp.EngineSimulator;

/// <summary>
/// What the simulator answers: a pure function of the question, so that whoever asked knows every byte that must come,
/// whatever was killed on the way. The tokens mix what breaks careless code: umlauts, emoji of several code points, quotes,
/// line breaks, Markdown.
/// </summary>
public sealed class SimulatedAnswer
{
    /// <summary>The length of an answer when nobody says another.</summary>
    public const int UsualTokens = 100;

    private static readonly string[] Words =
    [
        " the", " sea", " und", " Möwe", " schön", " naïve", " 🏴‍☠️", " 👩🏽‍🚀", "😀", "\n\n", "\n- ", " **bold**", " `code`", "\n```\n",
        " \"quoted\"", " it's", " \\back", " <b>&amp;", "…", " 漢字", "語", " e\u0301", " Ω≈ç", "\t", ".", ",", " 1,024", " a", " lantern",
        " harbour", " wind", " 🌊", " they", " said", ":", " [link](#x)", " | cell", " {}", "/", " Straße", " 🇩🇪", " ok",
    ];

    private readonly ulong _seed;

    private SimulatedAnswer(ulong seed, int count)
    {
        _seed = seed;
        Count = count;
    }

    /// <summary>How many tokens it has.</summary>
    public int Count { get; }

    /// <summary>Every different token there is.</summary>
    public static IReadOnlyList<string> Vocabulary => Words;

    /// <summary>The whole text.</summary>
    public string Text => string.Concat(Tokens());

    /// <summary>The answer to a message. The same id, or without one the same text, has the same answer.</summary>
    /// <param name="question">What the person wrote.</param>
    /// <param name="usualTokens">The length when the message does not say one.</param>
    public static SimulatedAnswer For(string question, int usualTokens = UsualTokens)
    {
        var asked = SimulatedQuestion.Parse(question);
        return new SimulatedAnswer(Hash(asked.Id ?? question), asked.Tokens ?? usualTokens);
    }

    /// <summary>The tokens in order.</summary>
    public IEnumerable<string> Tokens()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return Words[WordAt(i)];
        }
    }

    /// <summary>The token at a place, as its index in <see cref="Vocabulary"/>.</summary>
    public int WordAt(int index)
    {
        // SplitMix64: every place has its token without the ones before it.
        var value = _seed + ((ulong)(index + 1) * 0x9E3779B97F4A7C15);
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (int)((value ^ (value >> 31)) % (ulong)Words.Length);
    }

    /// <summary>Where to go on after a text that was said already.</summary>
    /// <returns>The token, and how many of its characters were said; null when the answer does not begin so.</returns>
    public (int Token, int Characters)? After(string prefix)
    {
        var said = 0;
        for (var i = 0; i < Count; i++)
        {
            var word = Words[WordAt(i)];
            var rest = prefix.Length - said;
            if (rest < word.Length)
            {
                return prefix.AsSpan(said).SequenceEqual(word.AsSpan(0, rest)) ? (i, rest) : null;
            }

            if (!prefix.AsSpan(said, word.Length).SequenceEqual(word))
            {
                return null;
            }

            said += word.Length;
        }

        return said == prefix.Length ? (Count, 0) : null;
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211;
        }

        return hash;
    }
}
