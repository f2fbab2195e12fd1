namespace ChatApp.Api.Knowledge.Documents;

/// <summary>A chunk as its table has it.</summary>
internal sealed record ChunkRow
{
    public Guid Id { get; init; }

    public Guid DocumentId { get; init; }

    public int Ordinal { get; init; }

    public string Heading { get; init; } = "";

    public int? Page { get; init; }

    public string Text { get; init; } = "";

    public Guid? PreviousChunkId { get; init; }

    public Guid? NextChunkId { get; init; }

    public DocumentChunk ToChunk() => new(Id, DocumentId, Ordinal, Heading, Page, Text, PreviousChunkId, NextChunkId);
}
