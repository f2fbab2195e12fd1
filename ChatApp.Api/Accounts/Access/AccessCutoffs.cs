using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ChatApp.Api.Turns.Events;
using Npgsql;
using StackExchange.Redis;

namespace ChatApp.Api.Accounts.Access;

/// <summary>
/// What no longer counts although tokens for it may still be about: asked at every request, and answered from memory. What it says is in
/// Postgres, where every process looks each second; Redis makes them look at once.
/// </summary>
internal sealed class AccessCutoffs(RevocationStore store, IConnectionMultiplexer redis, TimeProvider time) : IDisposable
{
    // What is kept no longer than this is about tokens that have ended by themselves.
    private static readonly TimeSpan Kept = AuthOptions.LongestTokenLifetime + TimeSpan.FromMinutes(10);

    // A row may be written a while before it is committed and seen: each look goes back that far, and some look at everything.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenWhole = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Cut> _cuts = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private DateTimeOffset? _newest;
    private long _wholeAt;
    private volatile bool _isReady;

    /// <summary>The channel on which processes are told to look.</summary>
    public static RedisChannel Channel { get; } = new("chatapp:access:ended", RedisChannel.PatternMode.Literal);

    /// <summary>Called, on any thread, when something more no longer counts.</summary>
    public event EventHandler? Changed;

    /// <summary>Takes back, in the connection's transaction, all tokens that an account has been given: its sessions go on with new ones.</summary>
    public async Task<PendingCutoff> CutAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken) =>
        new(this, await RevocationStore.RaiseAsync(connection, userId, cancellationToken));

    /// <summary>Takes back, in the connection's transaction, sessions or keys for good.</summary>
    public async Task<PendingCutoff> EndAsync(NpgsqlConnection connection, Guid[] bearers, CancellationToken cancellationToken) =>
        new(this, bearers is [] ? [] : await RevocationStore.AddAsync(connection, bearers, int.MaxValue, cancellationToken));

    /// <summary>Has a key, in the connection's transaction, be read anew, and what is open with it close.</summary>
    public async Task<PendingCutoff> ChangeAsync(NpgsqlConnection connection, Guid key, int version, CancellationToken cancellationToken) =>
        new(this, await RevocationStore.AddAsync(connection, [key], version, cancellationToken));

    /// <summary>Whether what a caller was let in by no longer counts. That it ends by itself is not looked at.</summary>
    public bool HasEnded(AccessPass pass) => IsCut(pass.Bearer, pass.BearerVersion) || IsCut(pass.UserId, pass.Version);

    /// <summary>Whether what was given at this version of an account, a session or a key no longer counts.</summary>
    public bool IsCut(Guid subject, int version) => _cuts.TryGetValue(subject, out var cut) && version < cut.Version;

    /// <summary>Looks, if nobody has yet in this process.</summary>
    public async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        if (!_isReady)
        {
            await LookAsync(cancellationToken);
        }
    }

    /// <summary>Looks for what was written since the last time.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var isWhole = !_isReady || time.GetElapsedTime(_wholeAt) >= BetweenWhole;
            var began = time.GetTimestamp();
            var found = await store.SinceAsync(isWhole ? null : _newest - Overlap, cancellationToken);
            if (isWhole)
            {
                _wholeAt = began;
                Prune();
            }

            Apply(found);
            _newest = found is [] ? _newest : Max(_newest, found.Max(static r => r.At));
            _isReady = true;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    internal void TakeEffect(IReadOnlyList<Revocation> revocations)
    {
        if (revocations is not [])
        {
            Apply(revocations);
            redis.TryPublish(Channel, "");
        }
    }

    private static DateTimeOffset Max(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private void Apply(IReadOnlyList<Revocation> revocations)
    {
        var now = time.GetTimestamp();
        var isMore = false;
        foreach (var revocation in revocations)
        {
            var before = _cuts.TryGetValue(revocation.Subject, out var known) ? known.Version : 0;
            isMore |= revocation.Version > before;
            _cuts.AddOrUpdate(
                revocation.Subject,
                static (_, added) => added,
                static (_, old, added) => added with { Version = Math.Max(old.Version, added.Version) },
                new Cut(revocation.Version, now));
        }

        if (isMore)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Prune()
    {
        foreach (var (subject, cut) in _cuts)
        {
            if (time.GetElapsedTime(cut.Seen) > Kept)
            {
                _cuts.TryRemove(subject, out _);
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Cut(int Version, long Seen);
}
