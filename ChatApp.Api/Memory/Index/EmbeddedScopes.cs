using Microsoft.Extensions.Options;

namespace ChatApp.Api.Memory.Index;

/// <summary>The scopes that this process has an index of: those that were searched last, as many as there is room for.</summary>
internal sealed class EmbeddedScopes(EmbeddedRows rows, TimeProvider time, IOptions<EmbeddedIndexOptions> options)
{
    // What nobody has asked about for so long: the person may have deleted their account elsewhere.
    private static readonly TimeSpan Unused = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<MemoryScope, EmbeddedScope> _scopes = [];
    private long? _sweptAt;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _scopes.Count;
            }
        }
    }

    /// <summary>The scope's index as of this version or a later one; null when the scope is gone by now.</summary>
    public async Task<EmbeddedScopeIndex?> AtAsync(MemoryScope scope, ScopeVersion version, CancellationToken cancellationToken)
    {
        EmbeddedScope? held;
        lock (_lock)
        {
            Sweep();
            if (!_scopes.TryGetValue(scope, out held))
            {
                held = new EmbeddedScope(scope, rows, time, options);
                _scopes.Add(scope, held);
            }
        }

        var before = held.Bytes;
        var index = await held.AtAsync(version, cancellationToken);
        if (index is null)
        {
            Forget(scope);
        }
        else if (held.Bytes != before)
        {
            MakeRoom(held);
        }

        return index;
    }

    /// <summary>Lets go of a scope, which is gone.</summary>
    public void Forget(MemoryScope scope)
    {
        lock (_lock)
        {
            _scopes.Remove(scope);
        }
    }

    private void Sweep()
    {
        if (_sweptAt is { } last && time.GetElapsedTime(last) < BetweenSweeps)
        {
            return;
        }

        _sweptAt = time.GetTimestamp();
        foreach (var (scope, _) in _scopes.Where(held => time.GetElapsedTime(held.Value.UsedAt) > Unused).ToList())
        {
            _scopes.Remove(scope);
        }
    }

    private void MakeRoom(EmbeddedScope needed)
    {
        lock (_lock)
        {
            var taken = _scopes.Values.Sum(static s => s.Bytes);
            foreach (var (scope, held) in _scopes.OrderBy(static s => s.Value.UsedAt).ToList())
            {
                if (taken <= options.Value.CacheBytes)
                {
                    return;
                }

                if (!ReferenceEquals(held, needed))
                {
                    taken -= held.Bytes;
                    _scopes.Remove(scope);
                }
            }
        }
    }
}
