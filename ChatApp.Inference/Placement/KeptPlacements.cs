using Microsoft.Extensions.Caching.Memory;

namespace ChatApp.Inference.Placement;

/// <summary>
/// Where conversations were answered last, which is where their prompts are cached. Bounded: the newest 100,000, for half an hour after their
/// last use; an engine rarely keeps a prompt longer. Whatever an engine that lost its cache had counts for nothing.
/// </summary>
internal sealed class KeptPlacements(TimeProvider time) : IDisposable
{
    private const int Most = 100_000;
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(30);
    private static readonly MemoryCacheEntryOptions Entry = new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Unused }
        .RegisterPostEvictionCallback(static (_, kept, _, _) => ((Kept)kept!).Forget());

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = Most, CompactionPercentage = 0.05, Clock = new CacheClock(time) });

    /// <summary>How many are kept.</summary>
    public int Count => _cache.Count;

    /// <summary>Where the key was answered last; null when nobody has its prompt.</summary>
    public EngineLoad? Find(UInt128 key)
    {
        if (!_cache.TryGetValue(key, out Kept? kept))
        {
            return null;
        }

        if (kept!.Since > kept.Engine.LostAt)
        {
            return kept.Engine;
        }

        _cache.Remove(key);
        return null;
    }

    /// <summary>Notes where it was answered.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="since">When the engine began to read it, in the clock's timestamps: if it is lost later, so is the prompt.</param>
    public void Keep(UInt128 key, EngineLoad engine, long since)
    {
        if (Find(key) != engine)
        {
            engine.Count(1);
            _cache.Set(key, new Kept(engine, since), Entry);
        }
    }

    public void Dispose() => _cache.Dispose();

    private sealed record Kept(EngineLoad Engine, long Since)
    {
        // What an engine lost is not counted there any more.
        public void Forget() => Engine.Count(Since > Engine.LostAt ? -1 : 0);
    }
}
