using ChatApp.Api.Memory.Index.Qdrant.Wire;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Makes collections and drops them. What is in one, <see cref="QdrantTenant"/> alone reads and writes.</summary>
internal sealed class QdrantCollections(QdrantConnection connection, IOptions<QdrantOptions> options)
{
    /// <summary>The field that keeps people apart.</summary>
    public const string TenantField = "tenant";

    /// <summary>The field that a search leaves messages out by.</summary>
    public const string MessageField = "message";

    /// <summary>The field that tells an older write from a newer one.</summary>
    public const string FenceField = "fence";

    /// <summary>The memory's own words.</summary>
    public const string TextVector = "text";

    /// <summary>Its words and those around it.</summary>
    public const string WindowVector = "window";

    /// <summary>Its meaning.</summary>
    public const string DenseVector = "dense";

    private const string Prefix = "chatapp-memory-";

    private static readonly SparseSpec Rarity = new("idf");

    /// <summary>A name that nobody else has, so that several installations can share a server.</summary>
    public static QdrantCollection Named(int? dense) => new(Prefix + Guid.CreateVersion7().ToString("N"), dense);

    /// <summary>What every path of a collection begins with.</summary>
    public static string Path(string name) => $"collections/{Uri.EscapeDataString(name)}";

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        (await connection.SendAsync(HttpMethod.Get, $"{Path(name)}/exists", null, QdrantJson.Default.QdrantAnswerExistence, options.Value.WriteTimeout, cancellationToken)).Result.Exists;

    /// <summary>Makes it, with its indexes, which Qdrant wants before anything is loaded. Does nothing twice.</summary>
    public async Task CreateAsync(QdrantCollection collection, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(collection.Name, cancellationToken))
        {
            var spec = new CollectionSpec(
                collection.Dense is { } size ? new Dictionary<string, DenseSpec> { [DenseVector] = new(size, "Cosine") } : [],
                new Dictionary<string, SparseSpec> { [TextVector] = Rarity, [WindowVector] = Rarity },
                // Nobody searches everybody's memories, so there is no graph over them; each tenant that is large enough has its own.
                new GraphSpec(M: 0, PayloadM: 16),
                OnDiskPayload: true);
            try
            {
                await connection.SendAsync(HttpMethod.Put, Path(collection.Name), spec, QdrantJson.Default.CollectionSpec, QdrantJson.Default.QdrantAnswerBoolean, options.Value.WriteTimeout, cancellationToken);
            }
            catch (QdrantException exception) when (exception.StatusCode == System.Net.HttpStatusCode.Conflict)
            {
                // Somebody else made it in the meantime.
            }
        }

        await IndexAsync(collection.Name, TenantField, new FieldSchema("keyword", IsTenant: true), cancellationToken);
        await IndexAsync(collection.Name, MessageField, new FieldSchema("uuid", IsTenant: null), cancellationToken);
    }

    /// <summary>Drops it with everything in it; one that is not there is dropped already.</summary>
    public async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{name} is no collection of memories.", nameof(name));
        }

        try
        {
            await connection.SendAsync(HttpMethod.Delete, Path(name), null, QdrantJson.Default.QdrantAnswerBoolean, options.Value.WriteTimeout, cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsMissing)
        {
            // It is gone.
        }
    }

    /// <summary>One scope's part of a collection.</summary>
    public QdrantTenant Tenant(QdrantCollection collection, MemoryScope scope) => new(connection, options.Value, collection, scope);

    private async Task IndexAsync(string name, string field, FieldSchema schema, CancellationToken cancellationToken) => await connection.SendAsync(
        HttpMethod.Put, $"{Path(name)}/index?wait=true", new FieldIndex(field, schema), QdrantJson.Default.FieldIndex, QdrantJson.Default.QdrantAnswerUpdateOutcome, options.Value.WriteTimeout, cancellationToken);
}
