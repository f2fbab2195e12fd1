namespace ChatApp.Api.Memory.Index;

/// <summary>A memory that went.</summary>
internal sealed class EmbeddedRemoval
{
    /// <summary>The memory; null for the whole scope.</summary>
    public Guid? MemoryId { get; init; }

    /// <summary>The scope's version since which it is gone.</summary>
    public long Version { get; init; }
}
