using ChatApp.Api.Audit;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Limits.People;

/// <summary>The limits that administrators gave people.</summary>
internal sealed class PersonLimitStore(NpgsqlDataSource database, AuditLog audit)
{
    private const string Columns = "user_id, requests_per_minute, tokens_per_day";

    /// <summary>A mark that is another one after every change of the table.</summary>
    public async Task<string> MarkAsync(CancellationToken cancellationToken) => await database.FirstOrDefaultAsync<string>(
        "SELECT count(*)::text || ' ' || coalesce(max(updated_at)::text, '') FROM user_limits", null, cancellationToken) ?? "";

    public Task<List<PersonLimits>> ListAsync(CancellationToken cancellationToken) =>
        database.ListAsync<PersonLimits>($"SELECT {Columns} FROM user_limits", null, cancellationToken);

    /// <summary>A person's role, and what they were given; no role when there is no such person.</summary>
    public async Task<(string? Role, PersonLimits? Limits)> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        var role = await database.FirstOrDefaultAsync<string>("SELECT role FROM users WHERE id = @userId", new { userId }, cancellationToken);
        return (role, await database.FirstOrDefaultAsync<PersonLimits>($"SELECT {Columns} FROM user_limits WHERE user_id = @userId", new { userId }, cancellationToken));
    }

    /// <summary>Gives a person limits of their own.</summary>
    /// <returns>False when there is no such person.</returns>
    public Task<bool> SetAsync(PersonLimits limits, AuditEntry entry, CancellationToken cancellationToken) => ChangeAsync(
        """
        INSERT INTO user_limits (user_id, requests_per_minute, tokens_per_day)
        SELECT id, @RequestsPerMinute, @TokensPerDay FROM users WHERE id = @UserId
        ON CONFLICT (user_id) DO UPDATE
        SET requests_per_minute = excluded.requests_per_minute, tokens_per_day = excluded.tokens_per_day, updated_at = clock_timestamp()
        """,
        limits,
        entry,
        cancellationToken);

    /// <summary>Gives a person what their role has.</summary>
    /// <returns>False when they had no limits of their own.</returns>
    public Task<bool> RemoveAsync(Guid userId, AuditEntry entry, CancellationToken cancellationToken) =>
        ChangeAsync("DELETE FROM user_limits WHERE user_id = @userId", new { userId }, entry, cancellationToken);

    private async Task<bool> ChangeAsync(string sql, object parameters, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken)) == 0)
        {
            return false;
        }

        await audit.AppendAsync(connection, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
