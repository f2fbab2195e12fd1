using ChatApp.Web.Api;

namespace ChatApp.Web.Chat;

/// <summary>The messages of one conversation as far as they were looked at, oldest first.</summary>
internal sealed class MessageFeed(ApiClient api, Guid conversationId)
{
    private readonly List<Message> _items = [];
    private string? _previous;
    private int _asked;

    /// <summary>What was loaded so far.</summary>
    public IReadOnlyList<Message> Items => _items;

    /// <summary>There are earlier ones.</summary>
    public bool HasEarlier => _previous is not null;

    /// <summary>
    /// Loads the newest page. Called again, it brings what changed: new messages are added, ones that were known get their
    /// newest text and status, and where another branch is shown by now, its messages take the place of the old ones.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var asked = ++_asked;
        var page = await api.ListMessagesAsync(conversationId, cursor: null, cancellationToken);
        if (asked != _asked)
        {
            return; // Asked again meanwhile: that answer is newer.
        }

        var known = _items.FindIndex(item => page.Items.Exists(fresh => fresh.Id == item.Id));
        if (known < 0)
        {
            // Nothing in common: the first load, or more was said elsewhere than a page holds.
            _items.Clear();
            _previous = page.PreviousCursor;
        }
        else
        {
            _items.RemoveRange(known, _items.Count - known);
            if (known == 0)
            {
                _previous = page.PreviousCursor;
            }
        }

        _items.AddRange(page.Items);
    }

    /// <summary>Loads the page before the earliest message that is here.</summary>
    public async Task LoadEarlierAsync(CancellationToken cancellationToken)
    {
        if (_previous is not { } cursor)
        {
            return;
        }

        var page = await api.ListMessagesAsync(conversationId, cursor, cancellationToken);
        _items.InsertRange(0, page.Items.Where(item => _items.TrueForAll(known => known.Id != item.Id)));
        _previous = page.PreviousCursor;
    }
}
