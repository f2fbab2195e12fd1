using ChatApp.Api.Memory.Index.Following;
using ChatApp.Api.Memory.Index.Qdrant.Wire;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Memories in Qdrant: two lexical legs and a dense one, fused by the server.</summary>
internal sealed class QdrantMemoryIndex(
    MemoryIndexCache cache, QueryTerms terms, QdrantCollections collections, IOptions<QdrantOptions> options) : IMemoryIndex
{
    private const int MostHits = 200;

    public string Name => MemoryIndexKind.Qdrant;

    /// <exception cref="QdrantException">Qdrant is away, too slow, or has not been filled yet.</exception>
    public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryScope scope, MemorySearch search, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(scope, default);
        if (search.Limit is < 1 or > MostHits)
        {
            throw new ArgumentException($"A search gives 1 to {MostHits} memories, and not {search.Limit}.", nameof(search));
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.SearchTimeout);
        try
        {
            var wanted = await terms.ReadAsync(search, patience.Token);
            IReadOnlyList<FoundPoint> found;
            try
            {
                found = await QueryAsync(scope, search, wanted, patience.Token);
            }
            catch (QdrantException exception) when (exception.IsMissing)
            {
                // Another collection may answer since a moment.
                cache.Forget();
                found = await QueryAsync(scope, search, wanted, patience.Token);
            }

            // Comparable within a search, which is all that ranks are good for.
            var best = found.Count == 0 ? 0 : found[0].Score;
            return [.. found.Where(static f => f.Score > 0).Select(f => new MemoryHit(f.Id, f.Score / best, [], null))];
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new QdrantException($"The search did not end within {options.Value.SearchTimeout.TotalSeconds:0.###} s.", null, exception);
        }
    }

    private async Task<IReadOnlyList<FoundPoint>> QueryAsync(MemoryScope scope, MemorySearch search, SparseVector wanted, CancellationToken cancellationToken)
    {
        var index = await cache.GetAsync(cancellationToken);
        return index?.Answering is { } collection
            ? await collections.Tenant(collection, scope).QueryAsync(wanted, search.Vector, search.WithoutMessages, search.Limit, cancellationToken)
            : throw new QdrantException("The memory index is being set up.");
    }
}
