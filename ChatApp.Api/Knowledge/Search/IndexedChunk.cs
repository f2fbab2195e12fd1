namespace ChatApp.Api.Knowledge.Search;

/// <summary>What an index keeps of a chunk; its text stays in the database.</summary>
internal sealed record IndexedChunk(Guid Id, Guid DocumentId, int Ordinal, SmallVector? Vector);
