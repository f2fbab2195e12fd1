using ChatApp.Web.Api;

namespace ChatApp.Web.Moderation;

/// <summary>How many decisions wait for a moderator, for the menu. It lives on a circuit's dispatcher, so it needs no locks.</summary>
internal sealed class QueueCount(ModerationApi api)
{
    /// <summary>There is another number, or none.</summary>
    public event EventHandler? Changed;

    /// <summary>As the menu shows it, such as <c>3</c> or <c>30+</c>; null while it is not known, or there are none.</summary>
    public string? Shown { get; private set; }

    /// <summary>Asks again. What cannot be asked is not known.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var before = Shown;
        try
        {
            var open = await api.ListAsync("open", cursor: null, cancellationToken);
            var appealed = await api.ListAsync("appealed", cursor: null, cancellationToken);
            var count = open.Items.Count + appealed.Items.Count;
            Shown = count == 0 ? null : Count(count, hasMore: open.NextCursor is not null || appealed.NextCursor is not null);
        }
        catch (ApiException)
        {
            Shown = null;
        }

        if (Shown != before)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private static string Count(int count, bool hasMore) => FormattableString.Invariant($"{count}{(hasMore ? "+" : "")}");
}
