using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Memory.Index;

/// <summary>Section <c>Memory:Index</c>: bounds of the index that a process keeps in its own memory.</summary>
internal sealed class EmbeddedIndexOptions
{
    public const string Section = "Memory:Index";

    /// <summary>About how many megabytes the scopes that were searched last may take together; older ones are loaded again when they are needed.</summary>
    /// <value>Defaults to 256.</value>
    [Range(1, 65_536)]
    public int CacheMegabytes { get; set; } = 256;

    /// <summary>How many memories of one scope are searched: the newest, where there are more.</summary>
    /// <value>Defaults to 100,000.</value>
    [Range(100, 5_000_000)]
    public int MaxMemories { get; set; } = 100_000;

    /// <summary>How long reading one scope may take.</summary>
    /// <value>Defaults to 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public long CacheBytes => CacheMegabytes * 1024L * 1024L;
}
