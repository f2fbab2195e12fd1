using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Access;

/// <summary>What no longer counts, for as long as a token for it could still be good.</summary>
internal sealed class RevocationStore(NpgsqlDataSource database)
{
    private const string Merge = """
        ON CONFLICT (subject) DO UPDATE SET version = greatest(revocations.version, excluded.version), at = clock_timestamp()
        RETURNING subject, version, at
        """;

    /// <summary>Writes, in the connection's transaction, that sessions or keys of lower versions no longer count.</summary>
    public static Task<IReadOnlyList<Revocation>> AddAsync(NpgsqlConnection connection, Guid[] subjects, int version, CancellationToken cancellationToken) =>
        QueryAsync(
            connection,
            $"INSERT INTO revocations (subject, version) SELECT DISTINCT s, @version FROM unnest(@subjects) s {Merge}",
            new { subjects, version },
            cancellationToken);

    /// <summary>Raises, in the connection's transaction, the version of an account.</summary>
    public static Task<IReadOnlyList<Revocation>> RaiseAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken) =>
        QueryAsync(
            connection,
            $"""
            WITH raised AS (UPDATE users SET token_version = token_version + 1 WHERE id = @userId RETURNING id, token_version)
            INSERT INTO revocations (subject, version) SELECT id, token_version FROM raised {Merge}
            """,
            new { userId },
            cancellationToken);

    /// <summary>What was written after the given time, or all of it.</summary>
    public Task<List<Revocation>> SinceAsync(DateTimeOffset? since, CancellationToken cancellationToken) =>
        database.ListAsync<Revocation>(
            since is null ? "SELECT subject, version, at FROM revocations" : "SELECT subject, version, at FROM revocations WHERE at > @since",
            new { since = since ?? default },
            cancellationToken);

    private static async Task<IReadOnlyList<Revocation>> QueryAsync(
        NpgsqlConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<Revocation>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
}
