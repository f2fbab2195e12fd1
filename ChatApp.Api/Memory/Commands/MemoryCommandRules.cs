using System.Text.RegularExpressions;

namespace ChatApp.Api.Memory.Commands;

/// <summary>
/// Finds what a message asks of the memory. By rules, for English, and conservative: a sentence has to begin with the request, so that
/// "I'll never forget my first day", "do you remember that time?" and "forget it" ask for nothing. Whoever is not understood has the
/// memory page; whoever is misunderstood has lost something.
/// </summary>
internal static partial class MemoryCommandRules
{
    // A request stands in a message; what is longer is something pasted.
    private const int MaxLength = 2000;
    private const int MaxForgets = 5;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    /// <summary>What the message asks for; <see cref="MemoryCommand.None"/> for most.</summary>
    public static MemoryCommand Read(string text)
    {
        if (text.Length > MaxLength || !Mentioned().IsMatch(text))
        {
            return MemoryCommand.None;
        }

        var plain = Quoted().Replace(text.Replace('’', '\''), " ");
        var pins = false;
        var everything = false;
        var forget = new List<string>();
        foreach (Match sentence in Sentence().Matches(plain))
        {
            var (words, isQuestion) = Request(sentence.Value);
            if (words is null)
            {
                continue;
            }

            if (Everything().IsMatch(words))
            {
                everything |= !isQuestion;
            }
            else if (Remember().IsMatch(words) || DoNotForget().IsMatch(words))
            {
                pins |= !isQuestion && !Nostalgia().IsMatch(words);
            }
            else if (Forget().Match(words) is { Success: true } asked && !isQuestion && !ChangeOfSubject().IsMatch(words))
            {
                // "Forget about it" is no request.
                forget.AddRange(AndAlso().Split(asked.Groups["what"].Value).Where(static what =>
                    what.StartsWith("my ", StringComparison.OrdinalIgnoreCase) || !string.IsNullOrWhiteSpace(TellingWords.Of(what))));
            }
        }

        return pins || everything || forget.Count > 0 ? new MemoryCommand(pins, [.. forget.Take(MaxForgets)], everything) : MemoryCommand.None;
    }

    /// <summary>The sentence from its verb on, with "please" where that was said; a question is a request only when it says please.</summary>
    private static (string? Words, bool IsQuestion) Request(string sentence)
    {
        var trimmed = sentence.Trim();
        var isQuestion = trimmed.EndsWith('?');
        trimmed = trimmed.TrimEnd('.', '!', '?', ' ');
        trimmed = Opening().Replace(trimmed, "");
        if (AskedPolitely().Match(trimmed) is { Success: true } asked)
        {
            return (trimmed[asked.Length..], isQuestion && !asked.Value.Contains("please", StringComparison.OrdinalIgnoreCase));
        }

        return Wished().Match(trimmed) is { Success: true } wished ? (trimmed[wished.Length..], isQuestion) : (trimmed, isQuestion);
    }

    // Most messages go no further.
    [GeneratedRegex(@"\b(remember|forget)\b", Options)]
    private static partial Regex Mentioned();

    // What somebody else says, a part in a play, or code.
    [GeneratedRegex("""```[^`]*```|`[^`\n]*`|"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|\*[^*\n]*\*|(?m:^[ \t]*>.*$)""", Options)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[^.!?\n]+[.!?]*", Options)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^((ok|okay|oh|hey|hi|hello|well|so|and|also|now|yes|no|actually|wait|alright|all right|by the way|btw)[ ,:-]+)+", Options)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(can|could|would|will) you (please |kindly please )?", Options)]
    private static partial Regex AskedPolitely();

    [GeneratedRegex(@"^(i want you to |i'd like you to |i would like you to |i need you to )", Options)]
    private static partial Regex Wished();

    [GeneratedRegex(@"^((please,? )?remember( that\b|:| this:) *\w|please,? remember +\w)", Options)]
    private static partial Regex Remember();

    [GeneratedRegex(@"^(please,? )?(don't|do not|dont) (ever )?forget( that\b|:) *\w", Options)]
    private static partial Regex DoNotForget();

    // "Remember that time in Rome", which tells a story.
    [GeneratedRegex(
        @"^(please,? )?remember that (one )?(time|day|night|evening|morning|afternoon|week|weekend|summer|winter|spring|autumn|year|trip|moment|place|guy|girl|man|woman|one|thing|story|song|movie|film|joke|dream|feeling)\b",
        Options)]
    private static partial Regex Nostalgia();

    [GeneratedRegex(@"^(please,? )?forget (about )?(everything|all)( of it)?( (that )?(about me|(you|you've|you have) (ever )?(know|knew|learned|learnt|heard|remember|remembered).*|(i|i've|i have) (ever )?(said|told you|mentioned).*))?( please)?$", Options)]
    private static partial Regex Everything();

    [GeneratedRegex(@"^(please,? )?forget (that (?<what>\w.*)|about (?<what>\w.*)|(?<what>my \w.*))$", Options)]
    private static partial Regex Forget();

    // "Forget about the dishes, come and sit": what follows is what they want.
    [GeneratedRegex(
        @"(,|;| -+| –| —)\s*(and |but )?(let|let's|lets|just|come|we|we'll|i|i'm|i'll|i'd|you|it's|it|tell|what|who|how|where|when|there|this|that's|focus|think|look|go)\b", Options)]
    private static partial Regex ChangeOfSubject();

    [GeneratedRegex(@",? and (?:that|about) ", Options)]
    private static partial Regex AndAlso();
}
