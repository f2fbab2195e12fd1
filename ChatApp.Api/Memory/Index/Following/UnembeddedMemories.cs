using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>Which memories still want an embedding, and where it goes.</summary>
internal sealed class UnembeddedMemories(NpgsqlDataSource database)
{
    /// <summary>Another model's vectors are of no use: what it has embedded is looked at again.</summary>
    public Task BeginAsync(string model, CancellationToken cancellationToken) => database.ExecuteAsync(
        "UPDATE memory_scopes SET embedded_version = 0 WHERE embedded_by <> @Model", new { Model = model }, cancellationToken);

    /// <summary>The next scopes that nobody is at; those that people keep inside are passed over when the model is outside.</summary>
    public async Task<IReadOnlyList<MemoryScope>> NextAsync(bool isOutside, int limit, CancellationToken cancellationToken)
    {
        if (isOutside)
        {
            await database.ExecuteAsync(
                "UPDATE memory_scopes SET embedded_version = version WHERE version > embedded_version AND stays_inside", null, cancellationToken);
        }

        return [.. (await database.ListAsync<ScopeKey>("""
            SELECT user_id, character_id FROM memory_scopes s
            WHERE version > embedded_version AND NOT (stays_inside AND @IsOutside) AND NOT EXISTS (
                SELECT FROM memory_claims c
                WHERE c.work = @Work AND c.user_id = s.user_id AND c.character_id = s.character_id AND c.claimed_until >= clock_timestamp())
            LIMIT @Limit
            """, new { IsOutside = isOutside, Work = ScopeClaims.Embedding, Limit = limit }, cancellationToken)).Select(static key => key.Scope)];
    }

    public Task<long?> VersionAsync(MemoryScope scope, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<long?>(
        "SELECT version FROM memory_scopes WHERE user_id = @UserId AND character_id = @CharacterId",
        new { scope.UserId, scope.CharacterId }, cancellationToken);

    /// <summary>Some of the scope's memories; none when the person keeps them inside by now.</summary>
    public Task<List<UnembeddedMemory>> ReadAsync(MemoryScope scope, string model, bool isOutside, int limit, CancellationToken cancellationToken) => database.ListAsync<UnembeddedMemory>("""
        SELECT m.id, m.text FROM memory_scopes s JOIN memories m ON m.user_id = s.user_id AND m.character_id = s.character_id
        WHERE s.user_id = @UserId AND s.character_id = @CharacterId AND NOT (s.stays_inside AND @IsOutside)
            AND m.version > s.embedded_version AND m.embedding_model IS DISTINCT FROM @Model
        ORDER BY m.version, m.id LIMIT @Limit
        """, new { scope.UserId, scope.CharacterId, Model = model, IsOutside = isOutside, Limit = limit }, cancellationToken);

    /// <summary>Stores embeddings, as a change that indexes see. A memory whose text is another by now is left for the next time.</summary>
    public async Task StoreAsync(MemoryScope scope, string model, IReadOnlyList<(UnembeddedMemory Memory, float[]? Embedding)> embedded, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var version = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "UPDATE memory_scopes SET version = version + 1, embedded_by = @Model WHERE user_id = @UserId AND character_id = @CharacterId RETURNING version",
            new { scope.UserId, scope.CharacterId, Model = model }, transaction, cancellationToken: cancellationToken));
        if (version is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition("""
                UPDATE memories SET embedding = @Embedding, embedding_model = @Model, version = @Version
                WHERE id = @Id AND user_id = @UserId AND character_id = @CharacterId AND text = @Text
                """, embedded.Select(e => new { e.Memory.Id, e.Memory.Text, e.Embedding, Model = model, Version = version, scope.UserId, scope.CharacterId }),
                transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Everything up to a version has its embedding.</summary>
    public Task DoneAsync(MemoryScope scope, string model, long version, CancellationToken cancellationToken) => database.ExecuteAsync("""
        UPDATE memory_scopes SET embedded_version = @Version, embedded_by = @Model
        WHERE user_id = @UserId AND character_id = @CharacterId AND version >= @Version
        """, new { scope.UserId, scope.CharacterId, Model = model, Version = version }, cancellationToken);
}
