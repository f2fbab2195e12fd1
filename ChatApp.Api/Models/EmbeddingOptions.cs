using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Models;

/// <summary>Section <c>Embeddings</c>: the model that compares what texts mean. Without one, texts are found by their words.</summary>
internal sealed class EmbeddingOptions
{
    public const string Section = "Embeddings";

    /// <summary>The name of an embedding model that the gateway serves.</summary>
    /// <value>Defaults to none.</value>
    public string? Model { get; set; }

    /// <summary>What the model wants before a question, such as <c>search_query: </c>.</summary>
    public string QueryPrefix { get; set; } = "";

    /// <summary>What it wants before a text to be found, such as <c>search_document: </c>. Texts that are embedded already keep theirs.</summary>
    public string DocumentPrefix { get; set; } = "";

    /// <summary>Whether it is an outside provider's, which people can keep their memories from.</summary>
    public bool Outside { get; set; }

    /// <summary>How long a question may wait; after that it is looked for by its words alone.</summary>
    /// <value>Defaults to half a second.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a batch of texts may take in the background.</summary>
    /// <value>Defaults to a minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:20")]
    public TimeSpan DocumentTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Texts in a batch.</summary>
    /// <value>Defaults to 32.</value>
    [Range(1, 512)]
    public int BatchSize { get; set; } = 32;

    /// <summary>Characters of a text that are embedded, at most; what is longer is cut off, as the models do.</summary>
    /// <value>Defaults to 6,000.</value>
    [Range(100, 100_000)]
    public int MaxCharacters { get; set; } = 6000;
}
