using System.Net;
using ChatApp.Web.Api;

namespace ChatApp.Web.Memory;

/// <summary>
/// What a character remembers of the signed-in person, as far as it was looked at, and what the person does with it. It lives on a
/// circuit's dispatcher, so it needs no locks.
/// </summary>
public sealed class MemoryFeed
{
    private readonly MemoryApi _api;
    private readonly Guid _character;
    private readonly List<StoredMemory> _items = [];
    private string? _next;

    internal MemoryFeed(MemoryApi api, Guid character, MemoryQuery query) => (_api, _character, Query) = (api, character, query);

    /// <summary>Which memories these are.</summary>
    public MemoryQuery Query { get; }

    /// <summary>What was loaded so far, in the order of the Api.</summary>
    public IReadOnlyList<StoredMemory> Items => _items;

    /// <summary>The switches, and how many memories there are; null before <see cref="LoadAsync"/>.</summary>
    public MemorySettings? Settings { get; private set; }

    /// <summary>There are older ones.</summary>
    public bool HasMore => _next is not null;

    /// <summary>Loads the switches and the first page.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var settings = _api.GetAsync(_character, cancellationToken);
        var page = _api.ListAsync(_character, Query, cursor: null, cancellationToken);
        await Task.WhenAll(settings, page);
        Settings = await settings;
        _items.Clear();
        _items.AddRange((await page).Items);
        _next = Query.Text is null ? (await page).NextCursor : null;
    }

    /// <summary>Loads the page after what is here.</summary>
    public async Task LoadMoreAsync(CancellationToken cancellationToken)
    {
        if (_next is not { } cursor)
        {
            return;
        }

        var page = await _api.ListAsync(_character, Query, cursor, cancellationToken);
        _items.AddRange(page.Items.Where(item => _items.TrueForAll(known => known.Id != item.Id)));
        _next = page.NextCursor;
    }

    /// <summary>Sets both switches.</summary>
    public async Task SetAsync(MemorySwitches switches, CancellationToken cancellationToken)
        => Settings = await _api.SetAsync(_character, switches, cancellationToken);

    /// <summary>Adds a note, which is the newest then.</summary>
    public async Task AddAsync(string text, bool pinned, CancellationToken cancellationToken)
    {
        var added = await _api.AddAsync(_character, new NewMemory(text, pinned), cancellationToken);
        _items.RemoveAll(item => item.Id == added.Id);
        _items.Insert(0, added);
        Count(total: 1, pinned: added.Pinned ? 1 : 0);
    }

    /// <summary>Gives a memory other words: it is the person's own note then.</summary>
    public Task RewriteAsync(StoredMemory memory, string text, CancellationToken cancellationToken)
        => ChangeAsync(memory, new MemoryChange(Text: text), cancellationToken);

    /// <summary>Pins or unpins.</summary>
    public Task PinAsync(StoredMemory memory, bool pinned, CancellationToken cancellationToken)
        => ChangeAsync(memory, new MemoryChange(Pinned: pinned), cancellationToken);

    /// <summary>Forgets one for good. One that is forgotten already is as good.</summary>
    public async Task DeleteAsync(StoredMemory memory, CancellationToken cancellationToken)
    {
        try
        {
            await _api.DeleteAsync(_character, memory.Id, cancellationToken);
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // Elsewhere, or the conversation took it along.
        }

        if (_items.RemoveAll(item => item.Id == memory.Id) > 0)
        {
            Count(total: -1, pinned: memory.Pinned ? -1 : 0);
        }
    }

    /// <summary>Forgets everything for good.</summary>
    public async Task WipeAsync(CancellationToken cancellationToken)
    {
        await _api.WipeAsync(_character, cancellationToken);
        _items.Clear();
        _next = null;
        Settings = Settings! with { Total = 0, Pinned = 0 };
    }

    private async Task ChangeAsync(StoredMemory memory, MemoryChange change, CancellationToken cancellationToken)
    {
        var changed = await _api.ChangeAsync(_character, memory.Id, change, cancellationToken);
        var place = _items.FindIndex(item => item.Id == memory.Id);
        if (place >= 0)
        {
            _items[place] = changed with { Reasons = memory.Reasons };
        }

        Count(total: 0, pinned: (changed.Pinned ? 1 : 0) - (memory.Pinned ? 1 : 0));
    }

    private void Count(int total, int pinned)
        => Settings = Settings! with { Total = Settings.Total + total, Pinned = Settings.Pinned + pinned };
}
