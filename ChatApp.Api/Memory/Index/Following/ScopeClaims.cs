using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>
/// Keeps processes off each other's scopes without holding a connection or a lock, while something outside is asked. A claim that is not
/// renewed ends by the database's clock, and whoever takes it then has the higher fence.
/// </summary>
internal sealed class ScopeClaims(NpgsqlDataSource database)
{
    /// <summary>Telling an index outside.</summary>
    public const string Indexing = "index";

    /// <summary>Embedding.</summary>
    public const string Embedding = "embed";

    // Longer than any single request that is made under it.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    /// <summary>Claims a scope; null when somebody else has it, or it failed a moment ago.</summary>
    public async Task<ScopeClaim?> ClaimAsync(string work, MemoryScope scope, CancellationToken cancellationToken)
    {
        var fence = await database.FirstOrDefaultAsync<long?>("""
            INSERT INTO memory_claims AS c (work, user_id, character_id, fence, claimed_until)
            VALUES (@Work, @UserId, @CharacterId, nextval('memory_claim_fences'), clock_timestamp() + @Lease)
            ON CONFLICT (work, user_id, character_id) DO UPDATE SET fence = EXCLUDED.fence, claimed_until = EXCLUDED.claimed_until
            WHERE c.claimed_until < clock_timestamp()
            RETURNING fence
            """, new { Work = work, scope.UserId, scope.CharacterId, Lease }, cancellationToken);
        return fence is { } number ? new ScopeClaim(work, scope, number) : null;
    }

    /// <summary>Makes it last; false when somebody else has it by now, and nothing more may be done under it.</summary>
    public async Task<bool> RenewAsync(ScopeClaim claim, CancellationToken cancellationToken) => await database.ExecuteAsync(
        $"UPDATE memory_claims SET claimed_until = clock_timestamp() + @Lease WHERE {Mine}", Parameters(claim), cancellationToken) > 0;

    /// <summary>Gives it back.</summary>
    public Task ReleaseAsync(ScopeClaim claim, CancellationToken cancellationToken) =>
        database.ExecuteAsync($"DELETE FROM memory_claims WHERE {Mine}", Parameters(claim), cancellationToken);

    /// <summary>Leaves the scope alone for a while, longer each time, so that it is not in the way of others.</summary>
    public Task PutOffAsync(ScopeClaim claim, CancellationToken cancellationToken) => database.ExecuteAsync(
        $"UPDATE memory_claims SET failures = failures + 1, claimed_until = clock_timestamp() + least(600, 2 ^ least(failures, 10)) * interval '1 second' WHERE {Mine}",
        Parameters(claim), cancellationToken);

    private const string Mine = "work = @Work AND user_id = @UserId AND character_id = @CharacterId AND fence = @Fence";

    private static object Parameters(ScopeClaim claim) =>
        new { claim.Work, claim.Scope.UserId, claim.Scope.CharacterId, claim.Fence, Lease };
}
