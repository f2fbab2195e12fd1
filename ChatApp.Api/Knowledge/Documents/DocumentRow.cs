namespace ChatApp.Api.Knowledge.Documents;

/// <summary>A document as its table has it, without its bytes.</summary>
internal sealed record DocumentRow
{
    public const string Columns =
        "d.id, d.character_id, d.conversation_id, d.user_id, d.name, d.format, d.bytes, d.status, d.progress_done, d.progress_total, d.pages, d.chunk_count, d.error_code, d.error_detail, d.created_at";

    public Guid Id { get; init; }

    public Guid? CharacterId { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? UserId { get; init; }

    public string Name { get; init; } = "";

    public string Format { get; init; } = "";

    public long Bytes { get; init; }

    public string Status { get; init; } = "";

    public int ProgressDone { get; init; }

    public int ProgressTotal { get; init; }

    public int? Pages { get; init; }

    public int ChunkCount { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorDetail { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public Document ToDocument() => new(
        Id,
        CharacterId,
        ConversationId,
        Name,
        DocumentKinds.FromStored(Format).MediaType,
        Bytes,
        Enum.Parse<DocumentStatus>(Status, ignoreCase: true),
        new DocumentProgress(ProgressDone, ProgressTotal),
        Pages,
        ChunkCount,
        ErrorCode is null ? null : new DocumentError(ErrorCode, ErrorDetail ?? ""),
        CreatedAt);
}
