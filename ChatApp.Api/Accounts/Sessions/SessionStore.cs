using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Sessions;

internal sealed class SessionStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string Columns = "id, user_id, counter, refreshed_at, created_at, last_seen_at, expires_at, address, user_agent, ended_at";

    /// <summary>How many sessions an account has at most; a new one ends those that were not used for longest.</summary>
    public const int MaxPerAccount = 100;

    /// <summary>The sessions of an account that have not ended, those used last first.</summary>
    public Task<List<SessionRow>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        database.ListAsync<SessionRow>(
            $"SELECT {Columns} FROM sessions WHERE user_id = @userId AND ended_at IS NULL AND expires_at > @now ORDER BY last_seen_at DESC, id LIMIT {MaxPerAccount}",
            new { userId, now = time.GetUtcNow() },
            cancellationToken);

    /// <summary>Notes when sessions were last used.</summary>
    public async Task SawAsync(IReadOnlyList<LastUse> uses, CancellationToken cancellationToken)
    {
        if (uses is not [])
        {
            await database.ExecuteAsync(
                """
                UPDATE sessions SET last_seen_at = greatest(last_seen_at, u.at), address = coalesce(u.address, sessions.address)
                FROM unnest(@ids, @times, @addresses) AS u (id, at, address) WHERE sessions.id = u.id
                """,
                new { ids = uses.Select(static u => u.Id).ToArray(), times = uses.Select(static u => u.At.UtcDateTime).ToArray(), addresses = uses.Select(static u => u.Address).ToArray() },
                cancellationToken);
        }
    }

    public static Task<int> AddAsync(NpgsqlConnection connection, SessionRow row, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO sessions (id, user_id, counter, refreshed_at, created_at, last_seen_at, expires_at, address, user_agent)
            VALUES (@Id, @UserId, @Counter, @RefreshedAt, @CreatedAt, @LastSeenAt, @ExpiresAt, @Address, @UserAgent)
            """,
            row,
            cancellationToken: cancellationToken));

    /// <summary>A session, which nobody else changes until the transaction's end.</summary>
    public static Task<SessionRow?> LockAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<SessionRow>(new CommandDefinition(
            $"SELECT {Columns} FROM sessions WHERE id = @id FOR UPDATE", new { id }, cancellationToken: cancellationToken));

    /// <summary>Notes that a session was refreshed.</summary>
    public static Task<int> UpdateAsync(NpgsqlConnection connection, SessionRow row, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE sessions SET counter = @Counter, refreshed_at = @RefreshedAt, last_seen_at = @LastSeenAt, expires_at = @ExpiresAt,
                                address = @Address, user_agent = @UserAgent
            WHERE id = @Id
            """,
            row,
            cancellationToken: cancellationToken));

    /// <summary>Ends one session of an account.</summary>
    /// <returns>The ids of those that ended, which is none when there was no such session.</returns>
    public static Task<Guid[]> EndAsync(NpgsqlConnection connection, Guid userId, Guid id, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(connection, "id = @id", new { userId, id, reason, now }, cancellationToken);

    /// <summary>Ends the sessions of an account, but for one if it is given.</summary>
    public static Task<Guid[]> EndAllAsync(
        NpgsqlConnection connection, Guid userId, Guid? except, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(connection, "id IS DISTINCT FROM @except", new { userId, except, reason, now }, cancellationToken);

    /// <summary>Ends what an account has too many of.</summary>
    public static Task<Guid[]> EndSurplusAsync(NpgsqlConnection connection, Guid userId, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(
            connection,
            $"id IN (SELECT id FROM sessions WHERE user_id = @userId AND ended_at IS NULL ORDER BY last_seen_at DESC, id DESC OFFSET {MaxPerAccount})",
            new { userId, reason, now },
            cancellationToken);

    private static async Task<Guid[]> EndAsync(NpgsqlConnection connection, string which, object parameters, CancellationToken cancellationToken)
    {
        var ended = await connection.QueryAsync<Guid>(new CommandDefinition(
            $"UPDATE sessions SET ended_at = @now, ended_for = @reason WHERE user_id = @userId AND ended_at IS NULL AND {which} RETURNING id",
            parameters,
            cancellationToken: cancellationToken));
        return [.. ended];
    }
}
