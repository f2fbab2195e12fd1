namespace ChatApp.Api.Memory.Index;

/// <summary>A memory that matches.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Score">How well, above 0 and at most 1; comparable within one search only.</param>
/// <param name="Words">The words of the query that it has, as the person wrote them where that is known.</param>
/// <param name="Similarity">How near it is in meaning, -1 to 1; null where no embeddings were compared.</param>
/// <param name="Coverage">
/// How much of the question its words and those around it make up, 0 to 1, rare words counting for more; comparable between searches.
/// Null where the index cannot tell.
/// </param>
internal sealed record MemoryHit(Guid Id, double Score, IReadOnlyList<string> Words, double? Similarity, double? Coverage = null);
