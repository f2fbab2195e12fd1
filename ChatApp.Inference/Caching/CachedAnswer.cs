namespace ChatApp.Inference.Caching;

/// <summary>An answer as it was written, with the headers that say what it is.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">JSON, or a stream of events.</param>
/// <param name="CacheControl">What the engine said to others' caches; null when nothing.</param>
/// <param name="IsStream">Whether its length was not told before.</param>
/// <param name="Caller">Whose it is; null when it may be given to others.</param>
/// <param name="Until">Until when it may be given again, in the clock's timestamps.</param>
internal sealed record CachedAnswer(byte[] Body, string? ContentType, string? CacheControl, bool IsStream, string? Caller, long Until);
