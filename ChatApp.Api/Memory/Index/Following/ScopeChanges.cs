using ChatApp.Api.Database;
using ChatApp.Api.Memory.Index.Qdrant;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>What has changed where since an index outside was last told.</summary>
internal sealed class ScopeChanges(NpgsqlDataSource database)
{
    /// <summary>Scopes with changes that nobody is telling at the moment.</summary>
    public async Task<IReadOnlyList<MemoryScope>> BehindAsync(int limit, CancellationToken cancellationToken) => [.. (await database.ListAsync<ScopeKey>("""
        SELECT user_id, character_id FROM (
            SELECT user_id, character_id FROM memory_scopes WHERE version > indexed_version
            UNION SELECT user_id, character_id FROM memory_index_removals) behind
        WHERE NOT EXISTS (
            SELECT FROM memory_claims c
            WHERE c.work = @Work AND c.user_id = behind.user_id AND c.character_id = behind.character_id AND c.claimed_until >= clock_timestamp())
        LIMIT @Limit
        """, new { Work = ScopeClaims.Indexing, Limit = limit }, cancellationToken)).Select(static key => key.Scope)];

    /// <summary>
    /// The scope; null when it is gone. Read before what has changed in it: whoever changes it raises the version first and keeps it
    /// locked, so that everything up to this version is seen afterwards, and what is seen beyond it is only told twice.
    /// </summary>
    public Task<ScopeRow?> FindAsync(MemoryScope scope, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<ScopeRow>(
        "SELECT version, indexed_version, created_at FROM memory_scopes WHERE user_id = @UserId AND character_id = @CharacterId",
        new { scope.UserId, scope.CharacterId }, cancellationToken);

    public async Task<IReadOnlyList<ScopeRemoval>> RemovalsAsync(MemoryScope scope, CancellationToken cancellationToken) => await database.ListAsync<ScopeRemoval>(
        "SELECT id, memory_id, conversation_id, position FROM memory_index_removals WHERE user_id = @UserId AND character_id = @CharacterId ORDER BY id",
        new { scope.UserId, scope.CharacterId }, cancellationToken);

    /// <summary>The memories that changed after a version, and those whose neighbours did or went.</summary>
    public async Task<Guid[]> ChangedAsync(MemoryScope scope, long after, IReadOnlyList<ScopeRemoval> removals, CancellationToken cancellationToken)
    {
        var gone = removals.Where(static r => r is { ConversationId: not null, Position: not null }).ToList();
        return [.. await database.ListAsync<Guid>("""
            WITH changed AS (
                SELECT id, conversation_id, position FROM memories
                WHERE user_id = @UserId AND character_id = @CharacterId AND version > @After),
            places AS (
                SELECT conversation_id, position FROM changed WHERE conversation_id IS NOT NULL
                UNION SELECT * FROM unnest(@Conversations, @Positions))
            SELECT id FROM changed
            UNION
            SELECT m.id FROM places JOIN memories m ON m.conversation_id = places.conversation_id
                AND m.position BETWEEN places.position - @Reach AND places.position + @Reach
            WHERE m.user_id = @UserId AND m.character_id = @CharacterId
            """, new
        {
            scope.UserId,
            scope.CharacterId,
            After = after,
            MemoryPointReader.Reach,
            Conversations = gone.Select(static r => r.ConversationId!.Value).ToArray(),
            Positions = gone.Select(static r => r.Position!.Value).ToArray(),
        }, cancellationToken)];
    }

    /// <summary>Notes that everything up to a version was told, and gives the claim back; nothing happens when it was lost.</summary>
    public Task FollowedAsync(ScopeClaim claim, ScopeRow? row, IReadOnlyList<ScopeRemoval> removals, CancellationToken cancellationToken) => database.ExecuteAsync("""
        WITH mine AS (
            DELETE FROM memory_claims
            WHERE work = @Work AND user_id = @UserId AND character_id = @CharacterId AND fence = @Fence RETURNING 1),
        told AS (
            UPDATE memory_scopes SET indexed_version = greatest(indexed_version, @Version)
            WHERE user_id = @UserId AND character_id = @CharacterId AND created_at = @CreatedAt AND EXISTS (SELECT FROM mine))
        DELETE FROM memory_index_removals WHERE id = ANY(@Removals) AND EXISTS (SELECT FROM mine)
        """, new
    {
        claim.Work,
        claim.Scope.UserId,
        claim.Scope.CharacterId,
        claim.Fence,
        Version = row?.Version ?? 0,
        CreatedAt = row?.CreatedAt ?? DateTimeOffset.MinValue,
        Removals = removals.Select(static r => r.Id).ToArray(),
    }, cancellationToken);
}
