using System.Globalization;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Index;

/// <summary>A search taken apart: its terms with their weights, the words that they come from, and whom it is about.</summary>
internal sealed class MemoryQuestion
{
    // More words than this are no question; what comes first is looked for.
    private const int MostWords = 96;
    private const int MostContextWords = 64;

    // A word around the question counts this much, and all of them together no more than this against the question's own.
    private const double ContextWeight = 0.2;
    private const double ContextShare = 0.4;

    private static readonly char[] Spaces = [' ', '\t', '\n', '\r', '\u00a0'];

    private readonly MemorySearch _search;
    private readonly string[] _asked;
    private readonly string[] _context;
    private readonly Dictionary<string, string> _wordOf = new(StringComparer.Ordinal);

    public MemoryQuestion(MemorySearch search)
    {
        _search = search;
        _asked = Words(search.Text, MostWords);
        _context = Words(search.Context, MostContextWords);
        (Speaker, SpeakerFactor) = MemorySpeakers.Favoured(_asked, search.UserName, search.CharacterName);
    }

    /// <summary>The words to have analysed, those of the context last.</summary>
    public string[] ToAnalyse => [.. _asked, .. _context];

    /// <summary>Who is asked about; null where it may be either.</summary>
    public MemorySpeaker? Speaker { get; }

    public double SpeakerFactor { get; }

    /// <summary>The terms that are asked for and those around them, each once; where nothing is asked for, what is around it is.</summary>
    /// <param name="analysed">For each of <see cref="ToAnalyse"/> its tsvector.</param>
    /// <param name="culture">Whose names of months and days are known.</param>
    /// <param name="now">What relative dates are relative to.</param>
    public (IReadOnlyList<QueryTerm> Asked, IReadOnlyList<QueryTerm> Context) Terms(IReadOnlyList<string> analysed, CultureInfo culture, DateTimeOffset now)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        // A name says who is meant, not what; who is named says it to others most of all.
        AddAsked(weights, analysed, static (search, word) => !MemorySpeakers.IsName(word, search.UserName) && !MemorySpeakers.IsName(word, search.CharacterName));
        if (weights.Count == 0)
        {
            AddAsked(weights, analysed, static (_, _) => true);
        }

        foreach (var date in DateTerms.Asked(_search.Text, culture, now))
        {
            weights.TryAdd(date, 1);
        }

        var context = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < _context.Length; i++)
        {
            foreach (var (term, _) in TermVector.Parse(analysed[_asked.Length + i]).Terms)
            {
                if (!weights.ContainsKey(term))
                {
                    context.Add(term);
                }
            }
        }

        var weight = weights.Count == 0 ? 1 : Math.Min(ContextWeight, ContextShare * weights.Count / Math.Max(1, context.Count));
        QueryTerm[] around = [.. context.Select(t => new QueryTerm(t, weight))];
        return weights.Count == 0 ? (around, []) : ([.. weights.Select(static w => new QueryTerm(w.Key, w.Value))], around);
    }

    /// <summary>The words of the question that these terms come from, in their order.</summary>
    public IReadOnlyList<string> WordsOf(IEnumerable<string> terms) =>
        [.. terms.Select(t => _wordOf.GetValueOrDefault(t)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private void AddAsked(Dictionary<string, double> weights, IReadOnlyList<string> analysed, Func<MemorySearch, string, bool> isWanted)
    {
        for (var i = 0; i < _asked.Length; i++)
        {
            if (isWanted(_search, _asked[i]))
            {
                foreach (var (term, _) in TermVector.Parse(analysed[i]).Terms)
                {
                    weights[term] = 1;
                    _wordOf.TryAdd(term, _asked[i].Trim('"', '\'', '.', ',', ';', ':', '!', '?', '(', ')', '…', '“', '”', '„', '«', '»', '*', '_'));
                }
            }
        }
    }

    private static string[] Words(string text, int most) =>
        [.. TextAnalysis.Prepare(text).Split(Spaces, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(most)];
}
