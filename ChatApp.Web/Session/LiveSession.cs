using System.Net;
using ChatApp.Web.Api;

namespace ChatApp.Web.Session;

/// <summary>One session in this process: its newest tokens, and the only place where they are renewed.</summary>
internal sealed class LiveSession(HeldSession first, AuthApi api, TimeProvider clock)
{
    // While the Api is away, not every request of every tab waits for it.
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Action<HeldSession?>> _watchers = [];
    private HeldSession _held = first;
    private bool _ended;
    private bool _inCookie = true;
    private VisitorInfo _visitor;
    private DateTimeOffset _notBefore;
    private Task? _renewal;

    /// <summary>When it was last asked for.</summary>
    public DateTimeOffset LastUsed { get; private set; } = clock.GetUtcNow();

    /// <summary>Somebody looks at a page of it, or its cookie is behind: forgotten now, it would be lost.</summary>
    public bool IsNeeded
    {
        get
        {
            lock (_gate)
            {
                return !_ended && (_watchers.Count > 0 || !_inCookie) && _held.SignedIn.SessionExpiresAt > clock.GetUtcNow();
            }
        }
    }

    /// <summary>Its newest tokens, if it lives.</summary>
    public SessionState State
    {
        get
        {
            lock (_gate)
            {
                return _ended ? SessionState.Ended : new SessionState(_held, IsOver: _held.SignedIn.ExpiresAt <= clock.GetUtcNow());
            }
        }
    }

    /// <summary>Notes what a cookie or a circuit brought, which may be newer where several processes serve the site.</summary>
    /// <param name="brought">What it brought.</param>
    /// <param name="visitor">Who sent the cookie; null where it is a circuit that asks.</param>
    public void See(HeldSession brought, VisitorInfo? visitor)
    {
        lock (_gate)
        {
            LastUsed = clock.GetUtcNow();
            if (brought.IsNewerThan(_held))
            {
                _held = brought;
            }

            if (visitor is { } known)
            {
                _visitor = known;
                _inCookie = brought.SignedIn.RefreshToken == _held.SignedIn.RefreshToken;
            }
        }
    }

    /// <summary>Takes over tokens that came otherwise, as by signing in.</summary>
    public void Take(HeldSession held) => Tell(() => _held = held);

    /// <summary>It is over: nothing gets tokens any more.</summary>
    /// <param name="quietly">The watchers are left for <see cref="TellEnded"/>.</param>
    public void End(bool quietly = false)
    {
        lock (_gate)
        {
            _ended = true;
        }

        if (!quietly)
        {
            TellEnded();
        }
    }

    /// <summary>Tells the watchers that it has ended.</summary>
    public void TellEnded()
    {
        Action<HeldSession?>[] watchers;
        lock (_gate)
        {
            watchers = [.. _watchers];
            _watchers.Clear();
        }

        foreach (var watcher in watchers)
        {
            watcher(null);
        }
    }

    /// <summary>Calls with the newest tokens whenever they change, and with null once it has ended.</summary>
    public IDisposable Watch(Action<HeldSession?> changed)
    {
        lock (_gate)
        {
            _watchers.Add(changed);
        }

        return new Watching(this, changed);
    }

    /// <summary>Gets the next tokens, together with whoever wants them at the same time. What failed is left as it was.</summary>
    public Task RenewAsync(bool evenAfterTrouble)
    {
        lock (_gate)
        {
            if (_ended || (clock.GetUtcNow() < _notBefore && !evenAfterTrouble))
            {
                return Task.CompletedTask;
            }

            // It belongs to nobody's request: who goes away takes it from no one else.
            return _renewal is { IsCompleted: false } ? _renewal : _renewal = Task.Run(RenewNowAsync);
        }
    }

    private async Task RenewNowAsync()
    {
        HeldSession held;
        VisitorInfo visitor;
        lock (_gate)
        {
            (held, visitor) = (_held, _visitor);
        }

        try
        {
            var session = await api.RefreshAsync(held.SignedIn.RefreshToken, visitor, CancellationToken.None);
            Tell(() =>
            {
                _held = held with { SignedIn = session, Since = clock.GetUtcNow() };
                _inCookie = false;
            });
        }
        catch (ApiException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            End();
        }
        catch (ApiException)
        {
            lock (_gate)
            {
                _notBefore = clock.GetUtcNow() + PauseAfterTrouble;
            }
        }
    }

    private void Tell(Action change)
    {
        Action<HeldSession?>[] watchers;
        HeldSession now;
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            change();
            now = _held;
            watchers = [.. _watchers];
        }

        foreach (var watcher in watchers)
        {
            watcher(now);
        }
    }

    private sealed class Watching(LiveSession session, Action<HeldSession?> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (session._gate)
            {
                session._watchers.Remove(changed);
            }
        }
    }
}
