using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace ChatApp.Web.Session;

/// <summary>
/// The newest tokens of every session that this process serves. A circuit lives for days with the user it began with, and twenty
/// requests may come with the same old cookie: all ask here for a token that is good, and it is renewed once.
/// </summary>
internal sealed class SessionTokens(AuthApi api, IOptions<SessionOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, LiveSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _pruning = new();

    /// <summary>How many sessions are known.</summary>
    public int Count => _sessions.Count;

    /// <summary>The state of a circuit's or a page's session, its token renewed if it is near its end.</summary>
    public async ValueTask<SessionState> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.Held is not { } brought)
        {
            return SessionState.Nobody;
        }

        var live = Find(brought);
        live.See(brought, visitor: null);
        return live.State is { Held: { } held } state && held.RenewLatest > clock.GetUtcNow() ? state : await RenewAsync(live, cancellationToken);
    }

    /// <summary>The state of the session of a request's cookie. It renews early, as the answer can bring the cookie up to date.</summary>
    public async ValueTask<SessionState> GetAsync(HeldSession brought, VisitorInfo visitor, CancellationToken cancellationToken)
    {
        var live = Find(brought);
        live.See(brought, visitor);
        return live.State is { Held: { } held } state && held.RenewFrom > clock.GetUtcNow() ? state : await RenewAsync(live, cancellationToken);
    }

    /// <summary>Another token in place of one that the Api refused, or that says what is no longer so.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="refused">The token: where there is a newer one already, nothing is renewed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<SessionState> RenewAsync(ClaimsPrincipal user, string refused, CancellationToken cancellationToken)
    {
        if (user.Held is not { } brought)
        {
            return SessionState.Nobody;
        }

        var live = Find(brought);
        if (live.State.Session?.AccessToken == refused)
        {
            await live.RenewAsync(evenAfterTrouble: true).WaitAsync(cancellationToken);
        }

        return live.State;
    }

    /// <summary>Takes in a session that was just signed in to.</summary>
    public void Begin(HeldSession held)
    {
        Find(held).Take(held);
        Prune();
    }

    /// <summary>Ends a session here: nothing of this process speaks for it any more.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="quietly">The open pages are not told.</param>
    public void End(ClaimsPrincipal user, bool quietly = false)
    {
        if (user.Held is { } held)
        {
            Find(held).End(quietly);
        }
    }

    /// <summary>Tells the open pages of a session that was ended quietly.</summary>
    public void TellEnded(ClaimsPrincipal user)
    {
        if (user.Held is { } held)
        {
            Find(held).TellEnded();
        }
    }

    /// <summary>Tells of a session's tokens whenever they change: the newest, or null once it has ended.</summary>
    public IDisposable Watch(HeldSession held, Action<HeldSession?> changed) => Find(held).Watch(changed);

    private static async ValueTask<SessionState> RenewAsync(LiveSession live, CancellationToken cancellationToken)
    {
        await live.RenewAsync(evenAfterTrouble: false).WaitAsync(cancellationToken);
        return live.State;
    }

    private LiveSession Find(HeldSession held)
    {
        if (_sessions.TryGetValue(held.Id, out var known))
        {
            return known;
        }

        Prune();
        return _sessions.GetOrAdd(held.Id, _ => new LiveSession(held, api, clock));
    }

    // An ended session stays as long as any other: an old cookie of it is then refused without asking.
    private void Prune()
    {
        if (_sessions.Count < options.Value.PruneFrom)
        {
            return;
        }

        lock (_pruning)
        {
            var idleSince = clock.GetUtcNow() - options.Value.ForgetAfter;
            foreach (var (id, session) in _sessions)
            {
                if (session.LastUsed < idleSince && !session.IsNeeded)
                {
                    _sessions.TryRemove(id, out _);
                }
            }

            var tooMany = _sessions.Count - options.Value.MaxSessions;
            if (tooMany >= 0)
            {
                foreach (var (id, _) in _sessions.OrderBy(static session => (session.Value.IsNeeded, session.Value.LastUsed)).Take(tooMany + (options.Value.MaxSessions / 10) + 1))
                {
                    _sessions.TryRemove(id, out _);
                }
            }
        }
    }
}
