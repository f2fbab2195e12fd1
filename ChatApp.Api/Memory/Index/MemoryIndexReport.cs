using ChatApp.Api.Database;
using ChatApp.Api.Memory.Index.Following;
using ChatApp.Api.Memory.Index.Qdrant;
using ChatApp.Api.Models;
using Npgsql;

namespace ChatApp.Api.Memory.Index;

/// <summary>Says how the index is.</summary>
internal sealed class MemoryIndexReport(
    MemoryIndexStore store, MemoryIndexKind kind, ITextEmbedder embedder, NpgsqlDataSource database, QdrantCollections? qdrant = null)
{
    public async Task<MemoryIndexStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var row = await store.FindAsync(cancellationToken) ?? new MemoryIndexRow();
        var embedded = embedder.Model is null ? (long?)null : await database.FirstOrDefaultAsync<long>(
            "SELECT count(*) FROM memories WHERE embedding_model = @Model", new { embedder.Model }, cancellationToken);
        var (state, error) = await StateAsync(row, cancellationToken);
        return new MemoryIndexStatus(
            kind.Name, state, row.Done, row.Total, row.StartedAt, row.FinishedAt, embedder.Model, embedded, error ?? row.Error);
    }

    private async Task<(MemoryIndexState State, string? Error)> StateAsync(MemoryIndexRow row, CancellationToken cancellationToken)
    {
        try
        {
            if (qdrant is not null && row.Collection is { } collection && !await qdrant.ExistsAsync(collection, cancellationToken))
            {
                return (MemoryIndexState.Unavailable, "Qdrant has lost its data. It is filled again from Postgres.");
            }
        }
        catch (QdrantException exception)
        {
            return (MemoryIndexState.Unavailable, exception.Message);
        }

        return row.Rebuild != "none" ? (MemoryIndexState.Rebuilding, null)
            : !kind.IsOutside ? (MemoryIndexState.Ready, null)
            : row.Collection is null ? (MemoryIndexState.Unavailable, (string?)"No worker has set it up yet.")
            : await IsBehindAsync(cancellationToken) ? (MemoryIndexState.Behind, null)
            : (MemoryIndexState.Ready, null);
    }

    private Task<bool> IsBehindAsync(CancellationToken cancellationToken) => database.FirstOrDefaultAsync<bool>(
        "SELECT EXISTS (SELECT FROM memory_scopes WHERE version > indexed_version) OR EXISTS (SELECT FROM memory_index_removals)", null, cancellationToken);
}
