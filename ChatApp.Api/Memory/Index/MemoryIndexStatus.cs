namespace ChatApp.Api.Memory.Index;

/// <summary>What finds memories, and how it is.</summary>
/// <param name="Index"><c>embedded</c> or <c>qdrant</c>.</param>
/// <param name="State">How it is.</param>
/// <param name="Done">Memories that the rebuild has done, or the last one did.</param>
/// <param name="Total">Memories that there were when it began.</param>
/// <param name="StartedAt">When the last rebuild began; null when there was none.</param>
/// <param name="FinishedAt">When it ended; null while it goes on.</param>
/// <param name="EmbeddingModel">The embedding model; null when none is configured.</param>
/// <param name="Embedded">Memories that have an embedding by it; null when none is configured.</param>
/// <param name="Error">Why it does not get on; null when it does.</param>
public sealed record MemoryIndexStatus(
    string Index,
    MemoryIndexState State,
    long Done,
    long Total,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? EmbeddingModel,
    long? Embedded,
    string? Error);
