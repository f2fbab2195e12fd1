using ChatApp.Api.Memory.Index.Qdrant;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>
/// Tells Qdrant of a scope. Everything may happen twice: points are replaced by what Postgres has now, and what was told is noted only
/// afterwards, so that a process that dies in between leaves it to the next.
/// </summary>
internal sealed class ScopeTelling(
    ScopeChanges changes, ScopeClaims claims, MemoryPointReader reader, QdrantCollections collections, MemoryIndexStore store, IOptions<QdrantOptions> options)
{
    /// <summary>Tells what has changed; the claim is given back when that is done.</summary>
    /// <exception cref="QdrantException">Qdrant is away or refuses; the claim is kept.</exception>
    public async Task TellChangesAsync(ScopeClaim claim, CancellationToken cancellationToken)
    {
        // After the claim, so that a collection whose filling has begun before is told as well.
        var index = await store.EnsureAsync(cancellationToken);
        if (index?.Answering is null)
        {
            await claims.ReleaseAsync(claim, cancellationToken);
            return;
        }

        var row = await changes.FindAsync(claim.Scope, cancellationToken);
        var removals = await changes.RemovalsAsync(claim.Scope, cancellationToken);
        var wiped = row is null || removals.Any(static r => r.MemoryId is null);
        var changed = row is null ? [] : await changes.ChangedAsync(claim.Scope, wiped ? -1 : row.IndexedVersion, removals, cancellationToken);
        foreach (var collection in index.Followers)
        {
            await InAsync(collection, async () =>
            {
                var tenant = collections.Tenant(collection, claim.Scope);
                if (wiped)
                {
                    await tenant.DeleteAllAsync(claim.Fence, cancellationToken);
                }
                else
                {
                    foreach (var gone in removals.Select(static r => r.MemoryId!.Value).Distinct().Chunk(options.Value.BatchSize))
                    {
                        await tenant.DeleteAsync(gone, claim.Fence, cancellationToken);
                    }
                }

                await StoreAsync(tenant, claim, changed, cancellationToken);
            }, cancellationToken);
        }

        await changes.FollowedAsync(claim, row, removals, cancellationToken);
    }

    /// <summary>Tells one collection everything, and gives the claim back. Returns how many memories that were.</summary>
    /// <exception cref="QdrantException">Qdrant is away or refuses; the claim is kept.</exception>
    public async Task<long> TellAllAsync(ScopeClaim claim, QdrantCollection collection, CancellationToken cancellationToken)
    {
        var all = await changes.ChangedAsync(claim.Scope, -1, [], cancellationToken);
        await InAsync(collection, () => StoreAsync(collections.Tenant(collection, claim.Scope), claim, all, cancellationToken), cancellationToken);
        await claims.ReleaseAsync(claim, cancellationToken);
        return all.Length;
    }

    private async Task StoreAsync(QdrantTenant tenant, ScopeClaim claim, Guid[] ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(options.Value.BatchSize))
        {
            var points = await reader.ReadAsync(claim.Scope, batch, cancellationToken);
            if (!await claims.RenewAsync(claim, cancellationToken))
            {
                // Whoever has it now does this again.
                throw new QdrantException("The claim of the scope was lost.");
            }

            await tenant.UpsertAsync(points, claim.Fence, cancellationToken);
        }
    }

    private async Task InAsync(QdrantCollection collection, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (QdrantException exception) when (exception.IsMissing)
        {
            await store.LoseAsync(collection.Name, cancellationToken);
            throw;
        }
    }
}
