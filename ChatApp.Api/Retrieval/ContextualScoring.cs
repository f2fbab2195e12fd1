using System.Buffers;

namespace ChatApp.Api.Retrieval;

/// <summary>One search: the scores of every document, a term at a time. Its arrays are borrowed, so it is to be disposed.</summary>
internal sealed class ContextualScoring<TDocument>(
    ContextualQuery<TDocument> query,
    ContextualSizes sizes,
    IReadOnlyList<IndexedDocument<TDocument>?> documents,
    IReadOnlyList<IndexedGroup<TDocument>?> groups,
    double[] neighbours) : IDisposable
{
    private readonly double[] _own = Borrow(documents.Count);
    private readonly double[] _coverage = Borrow(documents.Count);
    private readonly double[] _window = Borrow(documents.Count);
    private readonly double[] _windowCounts = Borrow(documents.Count);
    private readonly double[] _group = Borrow(groups.Count);
    private readonly double[] _groupCounts = Borrow(groups.Count);
    private readonly List<int> _touched = [];

    private double _asked;

    /// <summary>A term of the question, which it is part of even when no document has it.</summary>
    public void Ask(IndexedTerm? term, double weight)
    {
        _asked += weight * ContextualSizes.Telling(sizes.Documents, term?.Postings.Length ?? 0);
        if (term is not null)
        {
            Add(term, weight, covers: true);
        }
    }

    /// <summary>A term that speaks for what has it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="weight">How much it counts.</param>
    /// <param name="covers">Whether it is part of what is asked.</param>
    public void Add(IndexedTerm term, double weight, bool covers)
    {
        AddOwn(term, weight);
        AddWindow(term, weight, covers);

        if (query.Weights.Group > 0)
        {
            AddGroup(term, weight);
        }
    }

    public IReadOnlyList<ContextualMatch<TDocument>> Best()
    {
        var factors = Borrow(documents.Count);
        try
        {
            var (own, window, group) = (0d, 0d, 0d);
            for (var slot = 0; slot < documents.Count; slot++)
            {
                if (documents[slot] is { } document && (_own[slot] > 0 || _window[slot] > 0 || _group[document.Group.Slot] > 0))
                {
                    factors[slot] = query.Factor?.Invoke(document.Document) ?? 1;
                    if (factors[slot] > 0)
                    {
                        own = Math.Max(own, _own[slot]);
                        window = Math.Max(window, _window[slot]);
                        group = Math.Max(group, _group[document.Group.Slot]);
                    }
                }
            }

            // The worst of the best so far is on top, and leaves for a better one.
            var best = new PriorityQueue<IndexedDocument<TDocument>, (double Score, Guid Id)>(query.Limit + 1, ByScore);
            for (var slot = 0; slot < documents.Count; slot++)
            {
                if (factors[slot] > 0)
                {
                    var document = documents[slot]!;
                    var score = factors[slot] * (
                        Leg(query.Weights.Own, _own[slot], own) + Leg(query.Weights.Window, _window[slot], window)
                        + Leg(query.Weights.Group, _group[document.Group.Slot], group));
                    if (best.Count < query.Limit)
                    {
                        best.Enqueue(document, (score, document.Id));
                    }
                    else
                    {
                        best.EnqueueDequeue(document, (score, document.Id));
                    }
                }
            }

            var matches = new ContextualMatch<TDocument>[best.Count];
            for (var i = matches.Length - 1; best.TryDequeue(out var document, out var rank); i--)
            {
                matches[i] = new ContextualMatch<TDocument>(document.Id, document.Document, rank.Score, Math.Min(1, _asked > 0 ? _coverage[document.Slot] / _asked : 0), Having(document));
            }

            return matches;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(factors);
        }
    }

    public void Dispose()
    {
        foreach (var borrowed in (ReadOnlySpan<double[]>)[_own, _coverage, _window, _windowCounts, _group, _groupCounts])
        {
            ArrayPool<double>.Shared.Return(borrowed);
        }
    }

    private static readonly Comparer<(double Score, Guid Id)> ByScore = Comparer<(double Score, Guid Id)>.Create(static (left, right) =>
    {
        var score = left.Score.CompareTo(right.Score);
        return score != 0 ? score : right.Id.CompareTo(left.Id);
    });

    private static double Leg(double weight, double score, double best) => best > 0 ? weight * score / best : 0;

    private static double[] Borrow(int length)
    {
        var borrowed = ArrayPool<double>.Shared.Rent(length);
        borrowed.AsSpan(0, length).Clear();
        return borrowed;
    }

    private void AddOwn(IndexedTerm term, double weight)
    {
        var rarity = weight * ContextualSizes.Rarity(sizes.Documents, term.Postings.Length);
        foreach (var (slot, count) in term.Postings)
        {
            _own[slot] += rarity * Frequency(count, documents[slot]!.Length, sizes.Length, query.Weights.OwnLength);
        }
    }

    private void AddWindow(IndexedTerm term, double weight, bool covers)
    {
        _touched.Clear();
        foreach (var (slot, count) in term.Postings)
        {
            var document = documents[slot]!;
            var around = document.Group.Documents;
            var last = Math.Min(around.Count - 1, document.Place + neighbours.Length);
            for (var place = Math.Max(0, document.Place - neighbours.Length); place <= last; place++)
            {
                var distance = Math.Abs(place - document.Place);
                var near = around[place].Slot;
                if (_windowCounts[near] == 0)
                {
                    _touched.Add(near);
                }

                _windowCounts[near] += distance == 0 ? count : count * neighbours[distance - 1] * (place == document.Place + 1 ? document.Lends : 1);
            }
        }

        var rarity = weight * ContextualSizes.Rarity(sizes.Documents, _touched.Count);
        var share = covers ? weight * ContextualSizes.Telling(sizes.Documents, term.Postings.Length) : 0;
        foreach (var slot in _touched)
        {
            _coverage[slot] += share * Math.Min(1, _windowCounts[slot]);
            _window[slot] += rarity * Frequency(_windowCounts[slot], documents[slot]!.WindowLength, sizes.WindowLength, query.Weights.WindowLength);
            _windowCounts[slot] = 0;
        }
    }

    private void AddGroup(IndexedTerm term, double weight)
    {
        _touched.Clear();
        foreach (var (slot, count) in term.Postings)
        {
            var group = documents[slot]!.Group.Slot;
            if (_groupCounts[group] == 0)
            {
                _touched.Add(group);
            }

            _groupCounts[group] += count;
        }

        var rarity = weight * ContextualSizes.Rarity(sizes.Groups, _touched.Count);
        foreach (var group in _touched)
        {
            _group[group] += rarity * Frequency(_groupCounts[group], groups[group]!.Length, sizes.GroupLength, query.Weights.GroupLength);
            _groupCounts[group] = 0;
        }
    }

    private double Frequency(double count, double length, double average, double lengthWeight) =>
        count * (query.Weights.Saturation + 1) / (count + (query.Weights.Saturation * (1 - lengthWeight + (lengthWeight * length / average))));

    private List<string> Having(IndexedDocument<TDocument> document)
    {
        var having = new List<string>();
        foreach (var (asked, _) in query.Terms)
        {
            if (Array.Exists(document.Terms, t => string.Equals(t.Term.Text, asked, StringComparison.Ordinal)))
            {
                having.Add(asked);
            }
        }

        return having;
    }
}
