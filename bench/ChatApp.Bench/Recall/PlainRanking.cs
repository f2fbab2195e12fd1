using ChatApp.Api.Retrieval;

namespace ChatApp.Bench.Recall;

/// <summary>
/// The reference: BM25 over single turns with their speaker's name and their date as words, k1 1.2, b 0.75, nothing else. It shares only the
/// stemmer with the product.
/// </summary>
internal sealed class PlainRanking
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;

    private readonly List<Dictionary<string, int>> _texts = [];
    private readonly Dictionary<string, int> _having = [];
    private readonly double _average;

    public PlainRanking(IEnumerable<TermVector> texts)
    {
        foreach (var text in texts)
        {
            var counts = new Dictionary<string, int>();
            foreach (var (term, count) in text.Terms)
            {
                counts.Add(term, count);
                _having[term] = _having.GetValueOrDefault(term) + 1;
            }

            _texts.Add(counts);
        }

        _average = _texts.Average(static t => t.Values.Sum());
    }

    /// <summary>The numbers of the best texts, best first; equal ones in their order.</summary>
    public IReadOnlyList<int> Best(TermVector question, int limit)
    {
        var asked = new List<string>();
        foreach (var (term, _) in question.Terms)
        {
            asked.Add(term);
        }

        return
        [
            .. Enumerable.Range(0, _texts.Count).Select(i => (Text: i, Score: asked.Sum(t => Score(_texts[i], t))))
                .Where(static s => s.Score > 0).OrderByDescending(static s => s.Score).ThenBy(static s => s.Text).Take(limit).Select(static s => s.Text),
        ];
    }

    private double Score(Dictionary<string, int> text, string term)
    {
        if (!text.TryGetValue(term, out var count))
        {
            return 0;
        }

        var rarity = Math.Log(1 + ((_texts.Count - _having[term] + 0.5) / (_having[term] + 0.5)));
        return rarity * count * (Saturation + 1) / (count + (Saturation * (1 - LengthWeight + (LengthWeight * text.Values.Sum() / _average))));
    }
}
