using ChatApp.Tests.Api;

namespace ChatApp.Tests.AppHost;

/// <summary>Reads a turn as a page does: when the stream breaks, it comes back with the last id that it saw.</summary>
internal sealed class ReturningReader(HttpClient site, Guid turn)
{
    private readonly List<TurnEventSeen> _seen = [];
    private EventReader? _reader;

    /// <summary>How often its stream broke.</summary>
    public int Returns { get; private set; }

    /// <summary>What it shows.</summary>
    public string Text => TurnEventSeen.Assemble(_seen);

    /// <summary>Reads on, and gives all that it saw so far.</summary>
    public async Task<IReadOnlyList<TurnEventSeen>> ReadUntilAsync(Func<TurnEventSeen, bool> isLast)
    {
        while (true)
        {
            _reader ??= await EventReader.OpenAsync(site, turn, _seen is [] ? null : _seen[^1].Id);
            if (await NextAsync(_reader) is { } seen)
            {
                _seen.Add(seen);
                if (isLast(seen))
                {
                    return _seen;
                }
            }
            else
            {
                _reader.Dispose();
                _reader = null;
                Returns++;
            }
        }
    }

    private static async Task<TurnEventSeen?> NextAsync(EventReader reader)
    {
        try
        {
            return await reader.NextAsync();
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
