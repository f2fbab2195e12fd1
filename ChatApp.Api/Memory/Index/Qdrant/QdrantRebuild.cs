using ChatApp.Api.Memory.Index.Following;
using ChatApp.Api.Models;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>A rebuild's half that is Qdrant's: a new collection is filled while the old one answers.</summary>
internal sealed class QdrantRebuild(QdrantCollections collections, ScopeClaims claims, ScopeTelling telling, ITextEmbedder embedder)
{
    /// <summary>Makes a collection for what the configuration says now.</summary>
    /// <exception cref="HttpRequestException">Qdrant or the embedding model, which is asked how long its vectors are, does not answer.</exception>
    public async Task<QdrantCollection> CreateAsync(CancellationToken cancellationToken)
    {
        var dense = embedder.Model is null ? (int?)null : (await embedder.EmbedDocumentsAsync(["memory"], cancellationToken))[0].Length;
        var collection = QdrantCollections.Named(dense);
        await collections.CreateAsync(collection, cancellationToken);
        return collection;
    }

    /// <summary>Fills in one scope and says how many memories it has; null when somebody else is at it.</summary>
    /// <exception cref="QdrantException">Qdrant is away or refuses.</exception>
    public async Task<long?> FillAsync(QdrantCollection collection, MemoryScope scope, CancellationToken cancellationToken)
    {
        if (await claims.ClaimAsync(ScopeClaims.Indexing, scope, cancellationToken) is not { } claim)
        {
            return null;
        }

        try
        {
            return await telling.TellAllAsync(claim, collection, cancellationToken);
        }
        catch
        {
            await claims.ReleaseAsync(claim, CancellationToken.None);
            throw;
        }
    }

    public Task<bool> ExistsAsync(QdrantCollection collection, CancellationToken cancellationToken) => collections.ExistsAsync(collection.Name, cancellationToken);

    public Task DropAsync(string name, CancellationToken cancellationToken) => collections.DropAsync(name, cancellationToken);
}
