namespace ChatApp.Api.Knowledge.Search;

/// <summary>A chunk that may be worth its room.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Score">How well it fits, 0 to 1.</param>
/// <param name="Reasons">Why, in a few words each.</param>
internal sealed record ChunkCandidate(IndexedChunk Chunk, double Score, IReadOnlyList<string> Reasons);
