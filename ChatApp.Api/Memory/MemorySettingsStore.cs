using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Memory;

/// <summary>The switches of a scope.</summary>
internal sealed class MemorySettingsStore(NpgsqlDataSource database)
{
    private const string Select = """
        SELECT coalesce(s.remembers, true) AS remembers, coalesce(s.stays_inside, false) AS stays_inside,
               (SELECT count(*) FROM memories m WHERE m.user_id = @UserId AND m.character_id = @CharacterId)::integer AS total,
               (SELECT count(*) FROM memories m WHERE m.user_id = @UserId AND m.character_id = @CharacterId AND m.pinned)::integer AS pinned
        FROM characters ch LEFT JOIN memory_scopes s ON s.character_id = ch.id AND s.user_id = @UserId
        WHERE ch.id = @CharacterId
        """;

    /// <returns>Null when there is no such character.</returns>
    public Task<MemorySettings?> FindAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<MemorySettings>(Select, new { scope.UserId, scope.CharacterId }, cancellationToken);

    /// <returns>The settings as they are now; null when there is no such character.</returns>
    public async Task<MemorySettings?> SetAsync(MemoryScope scope, bool remembers, bool staysInside, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {ScopeSql.Raise};
            UPDATE memory_scopes SET remembers = @remembers, stays_inside = @staysInside WHERE user_id = @UserId AND character_id = @CharacterId;
            {Select}
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            sql, new { scope.UserId, scope.CharacterId, remembers, staysInside }, cancellationToken: cancellationToken));
        await results.ReadAsync<long>();
        return await results.ReadFirstOrDefaultAsync<MemorySettings>();
    }
}
