using ChatApp.Api.Database;
using ChatApp.Api.Memory.Index.Qdrant;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>A rebuild's steps in the index's row. One process at a time has it; each step says whether it still does.</summary>
internal sealed class RebuildStore(NpgsqlDataSource database)
{
    private const string Lease = "claimed_until = clock_timestamp() + interval '2 minutes'";

    private readonly Guid _claim = Guid.NewGuid();

    /// <summary>Claims the rebuild that is wanted; false when there is none, or another process is at it.</summary>
    public Task<bool> ClaimAsync(CancellationToken cancellationToken) => ChangeAsync(
        $"claim = @Claim, {Lease}", "rebuild <> 'none' AND (claim = @Claim OR claimed_until < clock_timestamp())", null, cancellationToken);

    /// <summary>Begins at the first scope, with the collection to be filled; without one that answers, it does at once.</summary>
    public Task<bool> BeginAsync(QdrantCollection? filling, CancellationToken cancellationToken) => ChangeAsync($"""
        {Lease}, rebuild = 'running', filling = @Name, filling_dense = @Dense,
        leaving = array_remove(array_append(leaving, NULLIF(filling, collection)), NULL),
        collection = coalesce(collection, @Name), dense = CASE WHEN collection IS NULL THEN @Dense ELSE dense END,
        after_user = NULL, after_character = NULL, done = 0, total = (SELECT count(*) FROM memories), started_at = now(), finished_at = NULL, error = NULL
        """, "claim = @Claim AND rebuild = 'requested'", new { filling?.Name, filling?.Dense }, cancellationToken);

    /// <summary>The next scopes.</summary>
    public async Task<IReadOnlyList<MemoryScope>> NextAsync(MemoryIndexRow index, int limit, CancellationToken cancellationToken) => [.. (await database.ListAsync<ScopeKey>("""
        SELECT user_id, character_id FROM memory_scopes
        WHERE @AfterUser::uuid IS NULL OR (user_id, character_id) > (@AfterUser, @AfterCharacter)
        ORDER BY user_id, character_id LIMIT @Limit
        """, new { index.AfterUser, index.AfterCharacter, Limit = limit }, cancellationToken)).Select(static key => key.Scope)];

    /// <summary>A scope is done.</summary>
    public Task<bool> StepAsync(MemoryScope scope, long memories, CancellationToken cancellationToken) => ChangeAsync(
        $"{Lease}, after_user = @UserId, after_character = @CharacterId, done = done + @Memories, error = NULL",
        "claim = @Claim AND rebuild = 'running'", new { scope.UserId, scope.CharacterId, Memories = memories }, cancellationToken);

    /// <summary>What was filled answers from now on.</summary>
    public Task<bool> FinishAsync(CancellationToken cancellationToken) => ChangeAsync("""
        rebuild = 'none', leaving = array_remove(array_append(leaving, CASE WHEN collection <> filling THEN collection END), NULL),
        collection = filling, dense = filling_dense, filling = NULL, filling_dense = NULL, total = done, finished_at = now(), error = NULL,
        claim = NULL, claimed_until = '-infinity'
        """, "claim = @Claim AND rebuild = 'running'", null, cancellationToken);

    /// <summary>Says why it does not get on, and lets another process try.</summary>
    public Task<bool> TroubleAsync(string reason, CancellationToken cancellationToken) => ChangeAsync(
        "error = @Reason, claim = NULL, claimed_until = '-infinity'", "claim = @Claim", new { Reason = reason }, cancellationToken);

    private async Task<bool> ChangeAsync(string set, string where, object? parameters, CancellationToken cancellationToken)
    {
        var all = new Dapper.DynamicParameters(parameters);
        all.Add("Claim", _claim);
        return await database.ExecuteAsync($"UPDATE memory_index SET {set} WHERE {where}", all, cancellationToken) > 0;
    }
}
