namespace ChatApp.Api.Retrieval;

/// <summary>Things with small numbers, which are given out again when a thing is gone, so that arrays by number stay dense.</summary>
internal sealed class SlotList<T>
    where T : class
{
    private readonly List<T?> _items = [];
    private readonly Stack<int> _free = [];

    /// <summary>By number; null where nothing is at the moment.</summary>
    public IReadOnlyList<T?> Items => _items;

    /// <summary>The number that the next thing gets.</summary>
    public int Free => _free.TryPeek(out var slot) ? slot : _items.Count;

    public void Add(T item)
    {
        if (_free.TryPop(out var slot))
        {
            _items[slot] = item;
        }
        else
        {
            _items.Add(item);
        }
    }

    public void Remove(int slot)
    {
        _items[slot] = null;
        _free.Push(slot);
    }
}
