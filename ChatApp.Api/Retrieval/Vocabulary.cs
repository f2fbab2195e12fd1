namespace ChatApp.Api.Retrieval;

/// <summary>The terms of an index, by their text and by how they begin.</summary>
internal sealed class Vocabulary
{
    // Shorter beginnings say nothing, and a beginning that very many share says nothing either.
    private const int ShortestBeginning = 4;
    private const int MostKindred = 16;

    private readonly Dictionary<string, IndexedTerm> _byText = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _sorted = new(StringComparer.Ordinal);

    public IndexedTerm? Find(string text) => _byText.GetValueOrDefault(text);

    public IndexedTerm GetOrAdd(string text)
    {
        if (!_byText.TryGetValue(text, out var term))
        {
            term = new IndexedTerm(text);
            _byText.Add(text, term);
            _sorted.Add(text);
        }

        return term;
    }

    public void Remove(IndexedTerm term)
    {
        _byText.Remove(term.Text);
        _sorted.Remove(term.Text);
    }

    /// <summary>Terms that are not asked for, but of which one that is asked for is the beginning, or the other way round; each once.</summary>
    public IReadOnlyDictionary<IndexedTerm, double> Kindred(IReadOnlyList<QueryTerm> asked)
    {
        var known = asked.Select(static a => a.Term).ToHashSet(StringComparer.Ordinal);
        var kindred = new Dictionary<IndexedTerm, double>();
        foreach (var (text, weight) in asked)
        {
            if (text.Length < ShortestBeginning)
            {
                continue;
            }

            foreach (var near in Longer(text).Concat(Shorter(text)).Take(MostKindred))
            {
                if (!known.Contains(near.Text))
                {
                    kindred[near] = Math.Max(kindred.GetValueOrDefault(near), weight);
                }
            }
        }

        return kindred;
    }

    private IEnumerable<IndexedTerm> Longer(string text) =>
        _sorted.GetViewBetween(text, text + char.MaxValue).Where(t => t.Length > text.Length).Select(t => _byText[t]);

    private IEnumerable<IndexedTerm> Shorter(string text)
    {
        for (var length = text.Length - 1; length >= ShortestBeginning; length--)
        {
            if (_byText.TryGetValue(text[..length], out var shorter))
            {
                yield return shorter;
            }
        }
    }
}
