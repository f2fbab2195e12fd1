namespace ChatApp.Api.Memory;

/// <summary>A memory to be added.</summary>
/// <param name="Kind">Where it comes from; messages are taken in by <see cref="Remembering.ConversationMemories"/>, where there is a conversation.</param>
/// <param name="Speaker">Who said it.</param>
/// <param name="Text">Its words.</param>
/// <param name="SaidAt">When it was said.</param>
internal sealed record NewMemory(MemoryKind Kind, MemorySpeaker Speaker, string Text, DateTimeOffset SaidAt)
{
    /// <summary>What a note weighs: somebody took the trouble to write it down.</summary>
    public const float OfNotes = 0.8f;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Where it was said; null for what stands for itself.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>The message that it is, or was drawn from.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The message's depth in its conversation.</summary>
    public int Position { get; init; }

    public bool Pinned { get; init; }

    public float Importance { get; init; } = 0.5f;
}
