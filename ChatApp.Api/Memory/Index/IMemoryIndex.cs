namespace ChatApp.Api.Memory.Index;

/// <summary>
/// Finds memories by what they say. It holds nothing that Postgres does not: an index may be emptied and built again at any time.
/// No method works without a scope, and none gives anything that is not of it.
/// </summary>
internal interface IMemoryIndex
{
    /// <summary>Its name in traces and in settings: <c>embedded</c> or <c>qdrant</c>.</summary>
    string Name { get; }

    /// <summary>The best matches in the scope, best first. A query that has no words and no vector finds nothing.</summary>
    Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryScope scope, MemorySearch search, CancellationToken cancellationToken);
}
