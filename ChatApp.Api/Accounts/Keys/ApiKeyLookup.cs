using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatApp.Api.Accounts.Access;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>Finds whose key it is. What was read is good for two seconds, and for no longer than nothing is known to have changed.</summary>
internal sealed class ApiKeyLookup(ApiKeyStore keys, AccountStore accounts, AccessCutoffs cutoffs, TimeProvider time)
{
    private const int MaxKnown = 10_000;

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, KnownKey> _known = new(StringComparer.Ordinal);

    /// <summary>The key and its owner; null when there is no such key, it has ended, or its owner may not use the service.</summary>
    public async Task<KnownKey?> FindAsync(ApiKeyText text, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(text.Prefix, out var known)
            || time.GetElapsedTime(known.ReadAt) > GoodFor
            || HasChanged(known))
        {
            known = await ReadAsync(text.Prefix, cancellationToken);
        }

        var now = time.GetUtcNow();
        // The hash is compared for every request: two prefixes may be the same and the secrets not.
        return known is not null
            && CryptographicOperations.FixedTimeEquals(text.Hash, known.Key.Hash)
            && !(known.Key.ExpiresAt <= now)
            && !known.Owner.IsClosed(now)
            && !HasChanged(known)
                ? known
                : null;
    }

    /// <summary>Reads a key anew the next time.</summary>
    public void Forget(string prefix) => _known.TryRemove(prefix, out _);

    private bool HasChanged(KnownKey known) =>
        cutoffs.IsCut(known.Owner.Id, known.Owner.TokenVersion) || cutoffs.IsCut(known.Key.Id, known.Key.Version);

    private async Task<KnownKey?> ReadAsync(string prefix, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (await keys.FindByPrefixAsync(prefix, cancellationToken) is not { } row || await accounts.FindAsync(row.UserId, cancellationToken) is not { } owner)
        {
            // Whoever guesses takes no memory.
            Forget(prefix);
            return null;
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        return _known[prefix] = new KnownKey(row, owner, began);
    }
}
