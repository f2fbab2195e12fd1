namespace ChatApp.Api.Memory;

/// <summary>A memory as it stands in its table, without what only searching needs.</summary>
internal sealed record MemoryRow
{
    public const string Columns = "id, kind, speaker, text, said_at, pinned, importance, conversation_id, message_id, created_at, updated_at";

    public Guid Id { get; init; }

    public MemoryKind Kind { get; init; }

    public MemorySpeaker Speaker { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset SaidAt { get; init; }

    public bool Pinned { get; init; }

    public float Importance { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? MessageId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    // Two digits: a real in between has no short name in a double.
    public StoredMemory ToMemory(IReadOnlyList<string>? reasons = null) => new(
        Id, Kind, Speaker, Text, SaidAt, Pinned, Math.Round(Importance, 2), ConversationId, MessageId, CreatedAt, UpdatedAt, reasons);
}
