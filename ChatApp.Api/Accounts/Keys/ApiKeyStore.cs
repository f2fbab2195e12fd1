using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Keys;

internal sealed class ApiKeyStore(NpgsqlDataSource database)
{
    private const string Columns =
        "id, user_id, name, prefix, hash, version, scopes, requests_per_minute, tokens_per_day, created_at, expires_at, last_used_at, replaced_by";

    // Those in use, those that were replaced, and those that have ended lately.
    private const int MaxShown = 200;

    /// <summary>The keys of an account, the newest first.</summary>
    public Task<List<ApiKeyRow>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        database.ListAsync<ApiKeyRow>(
            $"SELECT {Columns} FROM api_keys WHERE user_id = @userId ORDER BY created_at DESC, id DESC LIMIT {MaxShown}", new { userId }, cancellationToken);

    public Task<ApiKeyRow?> FindByPrefixAsync(string prefix, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<ApiKeyRow>($"SELECT {Columns} FROM api_keys WHERE prefix = @prefix", new { prefix }, cancellationToken);

    /// <summary>A key of an account, which nobody else changes until the transaction's end.</summary>
    public static Task<ApiKeyRow?> LockAsync(NpgsqlConnection connection, Guid userId, Guid id, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<ApiKeyRow>(new CommandDefinition(
            $"SELECT {Columns} FROM api_keys WHERE id = @id AND user_id = @userId FOR UPDATE", new { id, userId }, cancellationToken: cancellationToken));

    /// <summary>How many keys of an account are good and not being replaced.</summary>
    public static Task<int> CountAsync(NpgsqlConnection connection, Guid userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT count(*)::integer FROM api_keys WHERE user_id = @userId AND replaced_by IS NULL AND (expires_at IS NULL OR expires_at > @now)",
            new { userId, now },
            cancellationToken: cancellationToken));

    public static Task<int> AddAsync(NpgsqlConnection connection, ApiKeyRow row, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO api_keys (id, user_id, name, prefix, hash, scopes, requests_per_minute, tokens_per_day, created_at, expires_at)
            VALUES (@Id, @UserId, @Name, @Prefix, @Hash, @Scopes, @RequestsPerMinute, @TokensPerDay, @CreatedAt, @ExpiresAt)
            """,
            row,
            cancellationToken: cancellationToken));

    /// <summary>Has a key end, with another one in its place.</summary>
    public static Task<int> ReplaceAsync(NpgsqlConnection connection, Guid id, Guid replacedBy, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "UPDATE api_keys SET version = version + 1, replaced_by = @replacedBy, expires_at = least(expires_at, @expiresAt) WHERE id = @id",
            new { id, replacedBy, expiresAt },
            cancellationToken: cancellationToken));

    public static Task<int> DeleteAsync(NpgsqlConnection connection, Guid userId, Guid id, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM api_keys WHERE id = @id AND user_id = @userId", new { id, userId }, cancellationToken: cancellationToken));
}
