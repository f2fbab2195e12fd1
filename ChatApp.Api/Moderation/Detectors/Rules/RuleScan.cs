using System.Globalization;
using ChatApp.Api.Moderation.Detectors.Text;

namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>One look at a text: its words, what they stand for, and which rules hold.</summary>
internal sealed class RuleScan
{
    // Only so many places are kept for a rule at once; a text that has more is caught at others.
    private const int MostEnds = 8;

    // The rule's words have not all come; the text ended first.
    private const int ToBeSeen = -2;

    // A negation is heard this many words later, and whatever gives distance that many words around.
    private const int NegationReach = 3;
    private const int DistanceReach = 25;

    private readonly RuleBook _book;
    private readonly FoldedText _text;
    private readonly List<Word> _words;
    private readonly List<(int Symbol, int Last)>[] _found;
    private readonly Dictionary<string, int> _languages = new(StringComparer.Ordinal);
    private readonly int[] _lastDistance;
    private readonly int[] _nextDistance;
    private readonly bool[] _isNegation;

    public RuleScan(RuleBook book, ReadOnlySpan<char> text)
    {
        _book = book;
        _text = FoldedText.Of(text);
        _words = Text.Words.Of(_text);
        _found = new List<(int, int)>[_words.Count];
        (_lastDistance, _nextDistance, _isNegation) = (new int[_words.Count], new int[_words.Count], new bool[_words.Count]);
        Read();
        Join();
        Contexts();
    }

    /// <summary>How many steps were taken, for tests: it grows with the text and no faster.</summary>
    public long Steps { get; private set; }

    /// <summary>Every place where a rule holds.</summary>
    public IEnumerable<RuleHit> Hits()
    {
        for (var i = 0; i < _words.Count; i++)
        {
            foreach (var (symbol, last) in _found[i])
            {
                foreach (var rule in _book.RulesFrom(symbol))
                {
                    if (IsSpoken(rule.Language) && Match(rule, i, last) is var end and >= 0 && Level(rule, i, end) is var level and > ModerationLevel.None)
                    {
                        yield return new RuleHit(rule, level, i, _text.Start(_words[i].Begin), _text.End(_words[end].End - 1));
                    }
                }
            }
        }
    }

    /// <summary>Characters at the end, of the text as it was given, that may become part of a match, depending on what follows.</summary>
    public int Undecided()
    {
        if (_words is [])
        {
            return 0;
        }

        var (length, last) = (_text.Length == 0 ? 0 : _text.End(_text.Length - 1), _words[^1]);
        // A word that nothing ended yet may go on; so may letters that are set apart, one at a time.
        var isOpen = last.Kind == WordKind.Spaced || last.Length == 1
            || (last.End >= _text.Length && _book.Words.Begins(_text.Characters[last.Begin..last.End]));
        var first = isOpen ? _words.Count - 1 : _words.Count;
        var sentence = _text.Characters[last.End..].IndexOfAny(".!?\n") >= 0 ? -1 : last.Sentence;
        while (first > 0 && first < _words.Count && _words[first].Length == 1 && _words[first - 1].Length == 1)
        {
            first--;
        }

        for (var i = Math.Max(0, _words.Count - DistanceReach); i < first; i++)
        {
            if (IsUnfinished(i, sentence))
            {
                first = i;
            }
        }

        return first >= _words.Count ? 0 : length - _text.Start(_words[first].Begin);
    }

    private static int Lower(ModerationLevel level, int by) => Math.Max((int)level - by, 0);

    private void Read()
    {
        var symbols = new HashSet<int>();
        for (var i = 0; i < _words.Count; i++)
        {
            var word = _words[i];
            var letters = _text.Characters[word.Begin..word.End];
            symbols.Clear();
            Steps += _book.Words.Find(letters, word.Kind, symbols);
            _found[i] = [];
            if (symbols.Contains(_book.Allowed))
            {
                continue;
            }

            if (AgeOf(letters) is { } age)
            {
                symbols.Add(_book.Symbol(age < 18 ? RuleBook.MinorAge : RuleBook.AdultAge));
            }

            foreach (var symbol in symbols)
            {
                _found[i].Add((symbol, i));
            }
        }
    }

    // 14, 14yo, 14f: a number of two digits at most, that a few letters may follow.
    private static int? AgeOf(ReadOnlySpan<char> word)
    {
        var digits = word.Length - word.TrimStart("0123456789").Length;
        return digits is 1 or 2 && (digits == word.Length || word[digits..] is "yo" or "yrs" or "yr" or "y" or "f" or "m" or "j")
            ? int.Parse(word[..digits], NumberStyles.None, CultureInfo.InvariantCulture) is var age and > 0 ? age : null
            : null;
    }

    // What several words stand for together; what that stands for in turn is found as it is added.
    private void Join()
    {
        for (var i = _words.Count - 1; i >= 0; i--)
        {
            var found = _found[i];
            for (var f = 0; f < found.Count; f++)
            {
                foreach (var phrase in _book.PhrasesFrom(found[f].Symbol))
                {
                    if (Follow(phrase.Parts, found[f].Last) is var last and >= 0 && !found.Contains((phrase.Symbol, last)))
                    {
                        found.Add((phrase.Symbol, last));
                    }
                }
            }
        }
    }

    private int Follow(IReadOnlyList<int> parts, int last)
    {
        for (var p = 1; p < parts.Count; p++)
        {
            Steps++;
            if (last + 1 >= _words.Count || _words[last + 1].Sentence != _words[last].Sentence || !_found[last + 1].Contains((parts[p], last + 1)))
            {
                return -1;
            }

            last++;
        }

        return last;
    }

    private void Contexts()
    {
        var last = int.MinValue / 2;
        for (var i = 0; i < _words.Count; i++)
        {
            foreach (var (symbol, _) in _found[i])
            {
                if (_book.LanguageOf(symbol) is { } language)
                {
                    _languages[language] = _languages.GetValueOrDefault(language) + 1;
                }

                var context = _book.ContextOf(symbol);
                _isNegation[i] |= context == RuleContext.Negation;
                last = context == RuleContext.Distance ? i : last;
            }

            _lastDistance[i] = last;
        }

        var next = int.MaxValue / 2;
        for (var i = _words.Count - 1; i >= 0; i--)
        {
            next = _lastDistance[i] == i ? i : next;
            _nextDistance[i] = next;
        }
    }

    // A text in another language than English tells so by its small words: two of them, or one in a short one.
    private bool IsSpoken(string? language) =>
        language is null or "en" || (_languages.TryGetValue(language, out var count) && (count >= 2 || _words.Count < 12) && count * 12 >= _words.Count);

    private bool IsUnfinished(int at, int sentence)
    {
        foreach (var (symbol, last) in _found[at])
        {
            foreach (var phrase in _book.PhrasesFrom(symbol))
            {
                if (_words[at].Sentence == sentence && Reaches(phrase.Parts, last))
                {
                    return true;
                }
            }

            foreach (var rule in _book.RulesFrom(symbol))
            {
                if (rule.Parts.Count > 1 && (_words[at].Sentence == sentence || IsAcross(rule)) && IsSpoken(rule.Language) && Match(rule, at, last) == ToBeSeen)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Whether the words at the end are the first ones of these.
    private bool Reaches(IReadOnlyList<int> parts, int last)
    {
        for (var p = 1; p < parts.Count; p++)
        {
            if (++last >= _words.Count)
            {
                return true;
            }

            if (!_found[last].Contains((parts[p], last)))
            {
                return last == _words.Count - 1 && _words[last].End >= _text.Length && _book.Words.Begins(_text.Characters[_words[last].Begin..]);
            }
        }

        return false;
    }

    /// <returns>The last word; a negative number where the rule does not hold, or may yet.</returns>
    private int Match(Rule rule, int first, int last)
    {
        Span<int> ends = stackalloc int[MostEnds];
        Span<int> next = stackalloc int[MostEnds];
        (ends[0], var count) = (last, 1);
        for (var p = 1; p < rule.Parts.Count; p++)
        {
            var (reached, isCut) = (0, false);
            var (symbol, gap) = rule.Parts[p];
            var sentence = _words[first].Sentence;
            for (var e = 0; e < count; e++)
            {
                // The last word may not be whole yet.
                isCut |= ends[e] + 1 + gap >= _words.Count - 1;
                for (var i = ends[e] + 1; i <= ends[e] + 1 + gap && i < _words.Count && (_words[i].Sentence == sentence || IsAcross(rule)); i++)
                {
                    Steps++;
                    foreach (var found in _found[i])
                    {
                        if (found.Symbol == symbol && reached < next.Length && !next[..reached].Contains(found.Last))
                        {
                            next[reached++] = found.Last;
                        }
                    }
                }
            }

            if (reached == 0)
            {
                return isCut ? ToBeSeen : -1;
            }

            next[..reached].CopyTo(ends);
            count = reached;
        }

        return ends[0];
    }

    // What is said of a child in one sentence may be done to it in the next.
    private static bool IsAcross(Rule rule) => rule.Category == ModerationCategory.Minors;

    private ModerationLevel Level(Rule rule, int at, int end)
    {
        if (rule.IsStrict)
        {
            return rule.Level;
        }

        var level = rule.Level;
        // Between the parts of a rule as well; within a single one it is what the rule is about.
        var until = rule.Parts.Count > 1 ? end : at;
        for (var i = Math.Max(0, at - NegationReach); i < until; i++)
        {
            if (_isNegation[i] && _words[i].Sentence == _words[at].Sentence)
            {
                level = (ModerationLevel)Lower(level, 1);
                break;
            }
        }

        var isDistant = at - _lastDistance[at] <= DistanceReach || _nextDistance[at] - at <= DistanceReach;
        return isDistant && level > ModerationLevel.Low ? (ModerationLevel)Lower(level, 1) : level;
    }
}
