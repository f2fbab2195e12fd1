using System.Runtime.InteropServices;

namespace ChatApp.Api.Retrieval;

/// <summary>A term of an index, and where it occurs.</summary>
internal sealed class IndexedTerm(string text)
{
    private readonly List<(int Slot, int Count)> _postings = [];

    public string Text { get; } = text;

    /// <summary>By slot, rising.</summary>
    public ReadOnlySpan<(int Slot, int Count)> Postings => CollectionsMarshal.AsSpan(_postings);

    public bool IsUnused => _postings.Count == 0;

    public void Add(int slot, int count)
    {
        if (_postings.Count == 0 || _postings[^1].Slot < slot)
        {
            _postings.Add((slot, count));
        }
        else
        {
            _postings.Insert(~Find(slot), (slot, count));
        }
    }

    public void Remove(int slot) => _postings.RemoveAt(Find(slot));

    private int Find(int slot)
    {
        var (low, high) = (0, _postings.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _postings[middle].Slot;
            if (found == slot)
            {
                return middle;
            }

            (low, high) = found < slot ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
