using ChatApp.Api.Moderation.Detectors.Text;

namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>
/// All words of the rules. One walk over a word finds what it is, whatever signs stand for its letters and however often they are repeated:
/// the places that the walk may be at are kept side by side, a bounded number of them.
/// </summary>
internal sealed class WordTrie
{
    // A word of five signs that stand for any vowel is no word any more.
    private const int MostAtOnce = 24;

    // Nobody walks on for ever where one letter is repeated.
    private const int Longest = 64;

    // Within letters that were set apart there are no borders of words, so the short ones are found in everything.
    private const int ShortestInside = 4;

    private readonly Dictionary<long, int> _children = [];
    private readonly List<List<int>?> _whole = [null];
    private readonly List<List<int>?> _stems = [null];

    /// <summary>Adds a word, folded; <paramref name="symbol"/> is found wherever it stands.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isStem">Whether words that begin with it count as well.</param>
    /// <param name="symbol">What it stands for.</param>
    public void Add(string word, bool isStem, int symbol)
    {
        var node = 0;
        foreach (var letter in word)
        {
            var key = Key(node, letter);
            if (!_children.TryGetValue(key, out var next))
            {
                next = _whole.Count;
                _children.Add(key, next);
                _whole.Add(null);
                _stems.Add(null);
            }

            node = next;
        }

        var symbols = isStem ? _stems[node] ??= [] : _whole[node] ??= [];
        if (!symbols.Contains(symbol))
        {
            symbols.Add(symbol);
        }
    }

    /// <summary>Adds to <paramref name="found"/> what a word of the text stands for.</summary>
    /// <returns>Steps taken, by which it is seen that time grows with the text and no faster.</returns>
    public int Find(ReadOnlySpan<char> word, WordKind kind, HashSet<int> found)
    {
        if (kind != WordKind.Spaced)
        {
            return Walk(word, 1, kind == WordKind.Disguised, 0, found);
        }

        var steps = 0;
        for (var i = 0; i < word.Length; i += 2)
        {
            steps += Walk(word[i..], 2, true, ShortestInside, found);
        }

        return steps;
    }

    /// <summary>Whether a word of the rules begins with these letters, whatever signs stand for some of them: only then is it open what they become.</summary>
    public bool Begins(ReadOnlySpan<char> letters)
    {
        Walk(letters, 1, true, 0, [], out var isOpen);
        return isOpen;
    }

    private static long Key(int node, char letter) => ((long)node << 16) | letter;

    private int Walk(ReadOnlySpan<char> word, int stride, bool isDisguised, int shortest, HashSet<int> found) =>
        Walk(word, stride, isDisguised, shortest, found, out _);

    private int Walk(ReadOnlySpan<char> word, int stride, bool isDisguised, int shortest, HashSet<int> found, out bool isOpen)
    {
        Span<int> places = stackalloc int[MostAtOnce];
        Span<int> next = stackalloc int[MostAtOnce];
        var (count, steps) = (1, 0);
        places[0] = 0;
        var limit = Math.Min(word.Length, Longest * stride);
        for (var i = 0; i < limit && count > 0; i += stride)
        {
            var letter = word[i];
            var isRepeated = i >= stride && word[i - stride] == letter && IsRun(word, i, stride);
            var reached = 0;
            for (var p = 0; p < count; p++)
            {
                steps++;
                if (isRepeated)
                {
                    // One of a run of equal letters may be one too many.
                    Reach(places[p], next, ref reached);
                }

                Step(places[p], letter, next, ref reached);
                if (isDisguised)
                {
                    foreach (var other in Leet.Letters(letter))
                    {
                        Step(places[p], other, next, ref reached);
                    }
                }
            }

            var free = places;
            places = next;
            next = free;
            count = reached;
            var isEnd = i + stride >= word.Length || (word[i + 1] == '\'' && word.Length - i <= 3);
            for (var p = 0; p < count; p++)
            {
                if ((i / stride) + 1 >= shortest)
                {
                    Take(_stems[places[p]], found);
                    if (isEnd || shortest > 0)
                    {
                        Take(_whole[places[p]], found);
                    }
                }
            }
        }

        isOpen = count > 0;
        return steps + 1;
    }

    private static bool IsRun(ReadOnlySpan<char> word, int at, int stride) =>
        (at >= 2 * stride && word[at - (2 * stride)] == word[at]) || (at + stride < word.Length && word[at + stride] == word[at]);

    private void Step(int place, char letter, Span<int> next, ref int reached)
    {
        if (_children.TryGetValue(Key(place, letter), out var node))
        {
            Reach(node, next, ref reached);
        }
    }

    private static void Reach(int node, Span<int> next, ref int reached)
    {
        if (reached < next.Length && !next[..reached].Contains(node))
        {
            next[reached++] = node;
        }
    }

    private static void Take(List<int>? symbols, HashSet<int> found)
    {
        if (symbols is not null)
        {
            found.UnionWith(symbols);
        }
    }
}
