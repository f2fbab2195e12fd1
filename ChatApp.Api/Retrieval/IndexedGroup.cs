namespace ChatApp.Api.Retrieval;

/// <summary>Documents that follow each other.</summary>
internal sealed class IndexedGroup<TDocument>(Guid id, int slot)
{
    private readonly List<IndexedDocument<TDocument>> _documents = [];

    public Guid Id { get; } = id;

    /// <summary>Its number in the index's arrays.</summary>
    public int Slot { get; } = slot;

    public int Length { get; private set; }

    /// <summary>In their order; those of the same order by their ids, so that the order never depends on who came first.</summary>
    public IReadOnlyList<IndexedDocument<TDocument>> Documents => _documents;

    public void Add(IndexedDocument<TDocument> document)
    {
        var place = _documents.Count;
        while (place > 0 && Compare(_documents[place - 1], document) > 0)
        {
            place--;
        }

        _documents.Insert(place, document);
        document.Group = this;
        Length += document.Length;
        Number(place);
    }

    public void Remove(IndexedDocument<TDocument> document)
    {
        _documents.RemoveAt(document.Place);
        Length -= document.Length;
        Number(document.Place);
    }

    private void Number(int from)
    {
        for (var place = from; place < _documents.Count; place++)
        {
            _documents[place].Place = place;
        }
    }

    private static int Compare(IndexedDocument<TDocument> left, IndexedDocument<TDocument> right)
    {
        var order = left.Order.CompareTo(right.Order);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }
}
