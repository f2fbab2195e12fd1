using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Section <c>Qdrant</c>: how it is asked. Where it is, the connection string says.</summary>
internal sealed class QdrantOptions
{
    public const string Section = "Qdrant";

    /// <summary>How long an answer may wait for a search.</summary>
    /// <value>Defaults to 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan SearchTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a write may take; less than a claim lasts, so that none is under way any more when the claim ends.</summary>
    /// <value>Defaults to 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Memories in a write.</summary>
    /// <value>Defaults to 128.</value>
    [Range(1, 1000)]
    public int BatchSize { get; set; } = 128;

    /// <summary>How often changes are looked for.</summary>
    /// <value>Defaults to 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
}
