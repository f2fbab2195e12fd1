namespace ChatApp.Api.Memory.Index;

/// <summary>What the embedded index keeps of a memory besides its words.</summary>
internal sealed class EmbeddedMemory
{
    public required Guid Id { get; init; }

    public required MemorySpeaker Speaker { get; init; }

    /// <summary>The message that it is; null for what stands for itself.</summary>
    public required Guid? MessageId { get; init; }

    /// <summary>Where it has neighbours; null for what has none.</summary>
    public required Guid? ConversationId { get; init; }

    public required int Position { get; init; }

    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>Whether it ends in a question, which tells less than its answer.</summary>
    public required bool Asks { get; init; }

    /// <summary>Its embedding by the model in use, of length 1; null when there is none.</summary>
    public required float[]? Vector { get; init; }

    /// <summary>The group that it is in at the moment.</summary>
    public Guid Session { get; set; }
}
