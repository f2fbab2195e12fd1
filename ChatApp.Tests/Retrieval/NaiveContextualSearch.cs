using ChatApp.Api.Retrieval;

namespace ChatApp.Tests.Retrieval;

/// <summary>What a contextual index is to find, by going through everything: slow, and plain to see.</summary>
internal sealed class NaiveContextualSearch(params double[] neighbours)
{
    public Dictionary<Guid, (Guid Group, long Order, Dictionary<string, int> Words, double Lends)> Documents { get; } = [];

    /// <summary>Every match with its score, best first.</summary>
    public List<(Guid Id, double Score)> Search(IReadOnlyList<QueryTerm> terms, ContextualWeights weights, Func<Guid, double> factor)
    {
        var groups = Documents.GroupBy(static d => d.Value.Group)
            .ToDictionary(static g => g.Key, static g => g.OrderBy(static d => d.Value.Order).ThenBy(static d => d.Key).Select(static d => d.Key).ToList());
        var own = Scores(Documents.ToDictionary(static d => d.Key, static d => d.Value.Words.ToDictionary(static w => w.Key, static w => (double)w.Value)), null, weights.OwnLength);
        var window = Scores(
            Documents.Keys.ToDictionary(static id => id, id => Around(groups[Documents[id].Group], id, true)),
            Documents.Keys.ToDictionary(static id => id, id => Around(groups[Documents[id].Group], id, false).Values.Sum()),
            weights.WindowLength);
        var whole = Scores(
            groups.ToDictionary(static g => g.Key, g => g.Value.SelectMany(d => Documents[d].Words).GroupBy(static w => w.Key).ToDictionary(static w => w.Key, static w => (double)w.Sum(static x => x.Value))),
            null,
            weights.GroupLength);
        var found = Documents.Keys.Where(id => factor(id) > 0 && (own[id] > 0 || window[id] > 0 || whole[Documents[id].Group] > 0)).ToList();
        double Best(Func<Guid, double> score) => found.Count == 0 ? 0 : found.Max(score);
        var (bestOwn, bestWindow, bestWhole) = (Best(id => own[id]), Best(id => window[id]), Best(id => whole[Documents[id].Group]));
        double Leg(double weight, double score, double best) => best > 0 ? weight * score / best : 0;
        return
        [
            .. found.Select(id => (id, factor(id) * (Leg(weights.Own, own[id], bestOwn) + Leg(weights.Window, window[id], bestWindow) + Leg(weights.Group, whole[Documents[id].Group], bestWhole))))
                .OrderByDescending(static f => f.Item2).ThenBy(static f => f.id),
        ];

        Dictionary<Guid, double> Scores(Dictionary<Guid, Dictionary<string, double>> texts, Dictionary<Guid, double>? lengths, double lengthWeight)
        {
            lengths ??= texts.ToDictionary(static t => t.Key, static t => t.Value.Values.Sum());
            var average = lengths.Values.Average();
            return texts.ToDictionary(static t => t.Key, t => terms.Sum(term =>
            {
                if (!t.Value.TryGetValue(term.Term, out var count))
                {
                    return 0;
                }

                var having = texts.Values.Count(o => o.ContainsKey(term.Term));
                var rarity = Math.Log(1 + ((texts.Count - having + 0.5) / (having + 0.5)));
                return term.Weight * rarity * count * (weights.Saturation + 1)
                    / (count + (weights.Saturation * (1 - lengthWeight + (lengthWeight * lengths[t.Key] / average))));
            }));
        }
    }

    private Dictionary<string, double> Around(List<Guid> group, Guid id, bool lends)
    {
        var at = group.IndexOf(id);
        var words = new Dictionary<string, double>();
        for (var place = Math.Max(0, at - neighbours.Length); place <= Math.Min(group.Count - 1, at + neighbours.Length); place++)
        {
            var document = Documents[group[place]];
            var counts = place == at ? 1 : neighbours[Math.Abs(place - at) - 1] * (lends && place == at - 1 ? document.Lends : 1);
            foreach (var (word, count) in document.Words)
            {
                words[word] = words.GetValueOrDefault(word) + (counts * count);
            }
        }

        return words;
    }
}
