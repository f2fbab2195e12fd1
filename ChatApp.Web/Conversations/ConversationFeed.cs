using ChatApp.Web.Api;

namespace ChatApp.Web.Conversations;

/// <summary>
/// The user's conversations as far as they were looked at, newest activity first. It lives on a circuit's dispatcher, so it
/// needs no locks.
/// </summary>
internal sealed class ConversationFeed(ApiClient api)
{
    private readonly List<Conversation> _items = [];
    private string? _next;

    /// <summary>Something in the feed is different.</summary>
    public event EventHandler? Changed;

    /// <summary>What was loaded so far.</summary>
    public IReadOnlyList<Conversation> Items => _items;

    /// <summary>The first page has come.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>There are older ones.</summary>
    public bool HasMore => _next is not null;

    /// <summary>Loads the first page, or with <paramref name="more"/> the one after what is here.</summary>
    public async Task LoadAsync(bool more, CancellationToken cancellationToken)
    {
        var page = await api.ListConversationsAsync(more ? _next : null, cancellationToken);
        if (!more)
        {
            _items.Clear();
        }

        // Activity elsewhere moves conversations between pages: one that is here already is not taken twice.
        foreach (var conversation in page.Items.Where(item => _items.TrueForAll(known => known.Id != item.Id)))
        {
            _items.Add(conversation);
        }

        _next = page.NextCursor;
        IsLoaded = true;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Takes a new or changed conversation in, at the place that its activity gives it.</summary>
    public void Put(Conversation conversation)
    {
        _items.RemoveAll(item => item.Id == conversation.Id);
        var place = _items.FindIndex(item => item.UpdatedAt <= conversation.UpdatedAt);
        _items.Insert(place < 0 ? _items.Count : place, conversation);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Gives a conversation another title.</summary>
    public async Task RenameAsync(Guid id, string title, CancellationToken cancellationToken)
        => Put(await api.RenameConversationAsync(id, title, cancellationToken));

    /// <summary>Deletes a conversation for good.</summary>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await api.DeleteConversationAsync(id, cancellationToken);
        _items.RemoveAll(item => item.Id == id);
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
