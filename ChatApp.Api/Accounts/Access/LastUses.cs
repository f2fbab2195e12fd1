using System.Collections.Concurrent;
using System.Net;
using System.Runtime.InteropServices;

namespace ChatApp.Api.Accounts.Access;

/// <summary>When sessions and keys were last used: noted in memory at every request, written at most once a minute each.</summary>
internal sealed class LastUses(TimeProvider time)
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Use> _sessions = new();
    private readonly ConcurrentDictionary<Guid, Use> _keys = new();

    /// <summary>Notes that a session was used.</summary>
    public void Saw(Guid session, IPAddress? address) => Note(_sessions, session, address);

    /// <summary>Notes that an API key was used.</summary>
    public void SawKey(Guid key, IPAddress? address) => Note(_keys, key, address);

    /// <summary>The sessions of which a later use is to be written, each once.</summary>
    public IReadOnlyList<LastUse> TakeSessions() => Take(_sessions);

    /// <summary>The keys of which a later use is to be written, each once.</summary>
    public IReadOnlyList<LastUse> TakeKeys() => Take(_keys);

    private void Note(ConcurrentDictionary<Guid, Use> uses, Guid id, IPAddress? address)
    {
        var now = time.GetUtcNow();
        // Most requests end here, having changed nothing.
        if (!uses.TryGetValue(id, out var known) || now - known.At > TimeSpan.FromSeconds(1))
        {
            uses[id] = new Use(now, known.Written, address);
        }
    }

    private List<LastUse> Take(ConcurrentDictionary<Guid, Use> uses)
    {
        var now = time.GetUtcNow();
        var due = new List<LastUse>();
        foreach (var (id, use) in uses)
        {
            if (use.At > use.Written && now - use.Written >= BetweenWrites)
            {
                due.Add(new LastUse(id, use.At, use.Address?.ToString()));
                uses[id] = use with { Written = now };
            }
            else if (now - use.At > 2 * BetweenWrites)
            {
                uses.TryRemove(new(id, use));
            }
        }

        return due;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Use(DateTimeOffset At, DateTimeOffset Written, IPAddress? Address);
}
