using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Caching;

/// <summary>Kept answers in this process's memory, within <c>Gateway:Cache:MaxBytes</c>. When it is full, those go that were not asked for longest.</summary>
internal sealed class AnswerCache : IDisposable
{
    // What an entry takes besides its body: the key, the headers and the cache's own bookkeeping.
    private const int Overhead = 512;
    private const double Compaction = 0.1;

    private readonly MemoryCache _answers;
    private readonly CacheOptions _options;
    private readonly TimeProvider _time;

    public AnswerCache(IOptions<CacheOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _answers = new MemoryCache(new MemoryCacheOptions { SizeLimit = _options.MaxBytes, CompactionPercentage = Compaction });
    }

    /// <summary>Whether any answer is kept at all.</summary>
    public bool IsEnabled => _options.MaxBytes > 0;

    /// <summary>The largest answer that is kept.</summary>
    public int MaximumLength => _options.MaxEntryBytes;

    /// <summary>The answer of a key; null when there is none, or none young enough.</summary>
    public CachedAnswer? Find(string key) =>
        _answers.TryGetValue(key, out CachedAnswer? answer) && answer!.Until > _time.GetTimestamp() ? answer : null;

    /// <summary>Keeps an answer, if there is room; of a caller's own with its name.</summary>
    public void Keep(string key, byte[] body, string? contentType, string? cacheControl, bool isStream, string? caller)
    {
        var until = _time.GetTimestamp() + (long)(_options.Lifetime.TotalSeconds * _time.TimestampFrequency);
        _answers.Set(
            key,
            new CachedAnswer(body, contentType, cacheControl, isStream, caller, until),
            new MemoryCacheEntryOptions { Size = body.Length + Overhead, AbsoluteExpirationRelativeToNow = _options.Lifetime });
    }

    /// <summary>Lets go of what is kept of a caller.</summary>
    public void Forget(string caller)
    {
        foreach (var key in _answers.Keys)
        {
            if (_answers.TryGetValue(key, out CachedAnswer? answer) && answer!.Caller == caller)
            {
                _answers.Remove(key);
            }
        }
    }

    public void Dispose() => _answers.Dispose();
}
