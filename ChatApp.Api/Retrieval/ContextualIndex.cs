using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ChatApp.Api.Retrieval;

/// <summary>
/// An inverted index in memory over short documents that stand in groups, one after the other: messages in a conversation, chunks in
/// a document. A document is found by its own words, by those around it, and by those of its whole group. Words around it are added up
/// when they are asked for, so a new document costs no more than its own words. Any number may search while one changes it; what is
/// searched is always as it was between two changes.
/// </summary>
/// <param name="neighbours">How much the words of a neighbour count, by distance: the first number for the next on either side, and so on.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The lock lives as long as the index, and holds nothing that the garbage collector does not take.")]
internal sealed class ContextualIndex<TDocument>(params double[] neighbours)
{
    private readonly Dictionary<Guid, IndexedDocument<TDocument>> _byId = [];
    private readonly Vocabulary _terms = new();
    private readonly Dictionary<Guid, IndexedGroup<TDocument>> _groups = [];
    private readonly SlotList<IndexedDocument<TDocument>> _slots = new();
    private readonly SlotList<IndexedGroup<TDocument>> _groupSlots = new();

    private readonly ReaderWriterLockSlim _lock = new();

    private long _length;
    private double _windowLength;

    /// <summary>How many documents there are.</summary>
    public int Count => Read(() => _byId.Count);

    /// <summary>How many different pairs of document and term there are: what the memory it takes grows with.</summary>
    public long Postings { get; private set; }

    /// <summary>Takes a document in, in place of one with the same id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="document">What is told of it when it is found.</param>
    /// <param name="group">The group that it stands in.</param>
    /// <param name="order">Its place there; documents of the same place are ordered by their ids.</param>
    /// <param name="terms">Its words.</param>
    /// <param name="lends">How much more its words count for the one that follows than a neighbour's do: what answers a question is about it.</param>
    public void Put(Guid id, TDocument document, Guid group, long order, TermVector terms, double lends = 1) => Write(() =>
    {
        Take(id);
        var used = new (IndexedTerm Term, int Count)[terms.Terms.Length];
        var slot = _slots.Free;
        for (var i = 0; i < used.Length; i++)
        {
            var (text, count) = terms.Terms[i];
            var term = _terms.GetOrAdd(text);
            term.Add(slot, count);
            used[i] = (term, count);
        }

        var added = new IndexedDocument<TDocument> { Id = id, Document = document, Slot = slot, Terms = used, Length = terms.Length, Lends = lends };
        _slots.Add(added);
        _byId.Add(id, added);
        _length += added.Length;
        Postings += used.Length;
        Join(added, group, order);
    });

    /// <summary>Moves a document to another group or place.</summary>
    /// <returns>Whether there is such a document.</returns>
    public bool Move(Guid id, Guid group, long order) => Write(() =>
    {
        if (!_byId.TryGetValue(id, out var document))
        {
            return false;
        }

        if (document.Group.Id != group || document.Order != order)
        {
            Leave(document);
            Join(document, group, order);
        }

        return true;
    });

    /// <summary>Takes a document out.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(Guid id) => Write(() => Take(id));

    /// <summary>The best matches, best first; those of equal score in the order of their ids.</summary>
    public IReadOnlyList<ContextualMatch<TDocument>> Search(ContextualQuery<TDocument> query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        return Read(() =>
        {
            if (_byId.Count == 0)
            {
                return [];
            }

            var sizes = new ContextualSizes(
                _byId.Count, _groups.Count, (double)_length / _byId.Count, _windowLength / _byId.Count, (double)_length / _groups.Count);
            using var search = new ContextualScoring<TDocument>(query, sizes, _slots.Items, _groupSlots.Items, neighbours);
            foreach (var (text, weight) in query.Terms)
            {
                search.Ask(_terms.Find(text), weight);
            }

            if (query.Kindred > 0)
            {
                foreach (var (term, weight) in _terms.Kindred(query.Terms))
                {
                    search.Add(term, weight * query.Kindred, covers: true);
                }
            }

            foreach (var (text, weight) in query.Context)
            {
                if (_terms.Find(text) is { } term)
                {
                    search.Add(term, weight, covers: false);
                }
            }

            return search.Best();
        });
    }

    private bool Take(Guid id)
    {
        if (!_byId.Remove(id, out var document))
        {
            return false;
        }

        foreach (var (term, _) in document.Terms)
        {
            term.Remove(document.Slot);
            if (term.IsUnused)
            {
                _terms.Remove(term);
            }
        }

        _slots.Remove(document.Slot);
        _length -= document.Length;
        Postings -= document.Terms.Length;
        Leave(document);
        return true;
    }

    private void Join(IndexedDocument<TDocument> document, Guid id, long order)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, id, out var exists);
        if (!exists)
        {
            group = new IndexedGroup<TDocument>(id, _groupSlots.Free);
            _groupSlots.Add(group);
        }

        document.Order = order;
        group!.Add(document);
        Measure(group, document.Place);
    }

    private void Leave(IndexedDocument<TDocument> document)
    {
        var group = document.Group;
        group.Remove(document);
        _windowLength -= document.WindowLength;
        document.WindowLength = 0;
        if (group.Documents.Count == 0)
        {
            _groups.Remove(group.Id);
            _groupSlots.Remove(group.Slot);
        }
        else
        {
            Measure(group, document.Place);
        }
    }

    // Sums up anew what is around the places that something at this place is near to.
    private void Measure(IndexedGroup<TDocument> group, int changed)
    {
        var documents = group.Documents;
        for (var place = Math.Max(0, changed - neighbours.Length); place <= Math.Min(documents.Count - 1, changed + neighbours.Length); place++)
        {
            double length = documents[place].Length;
            for (var distance = 1; distance <= neighbours.Length; distance++)
            {
                length += neighbours[distance - 1] * (
                    (place >= distance ? documents[place - distance].Length : 0)
                    + (place + distance < documents.Count ? documents[place + distance].Length : 0));
            }

            _windowLength += length - documents[place].WindowLength;
            documents[place].WindowLength = length;
        }
    }

    private T Read<T>(Func<T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private T Write<T>(Func<T> write)
    {
        _lock.EnterWriteLock();
        try
        {
            return write();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private void Write(Action write) => Write(() =>
    {
        write();
        return true;
    });
}
