using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Deletion;

/// <summary>The accounts that are being deleted. A claim puts one off, so whatever becomes of its process it is found again.</summary>
internal sealed class DeletionQueue(NpgsqlDataSource database)
{
    private const string Claim = """
        UPDATE account_deletions SET run_after = now() + interval '2 minutes', failures = failures + 1
        WHERE user_id = (SELECT user_id FROM account_deletions WHERE run_after <= now() ORDER BY run_after LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING user_id, requested_at, failures, emptied_at IS NOT NULL AS is_emptied, extract(epoch FROM now() - requested_at)::float8 AS waited_seconds
        """;

    /// <returns>Null when there is none to be gone on with.</returns>
    public Task<DueDeletion?> ClaimAsync(CancellationToken cancellationToken) => database.FirstOrDefaultAsync<DueDeletion>(Claim, null, cancellationToken);

    /// <summary>Has it gone on with after a delay. What was got done takes its failures back.</summary>
    public Task AgainAsync(DueDeletion due, bool hasFailed, TimeSpan delay) => database.ExecuteAsync(
        "UPDATE account_deletions SET run_after = now() + @delay, failures = CASE WHEN @hasFailed THEN failures ELSE 0 END WHERE user_id = @UserId",
        new { due.UserId, delay, hasFailed },
        CancellationToken.None);

    /// <summary>Deletes the account's row, with all that hangs on it still, and has the rest looked for after a delay.</summary>
    public async Task EmptyAsync(DueDeletion due, TimeSpan delay, CancellationToken cancellationToken)
    {
        // What they decided about others stays decided; that it was they is in the audit log.
        const string sql = """
            UPDATE moderation_log SET decided_by = NULL WHERE decided_by = @UserId;
            DELETE FROM users WHERE id = @UserId;
            UPDATE account_deletions SET emptied_at = now(), run_after = now() + @delay, failures = 0 WHERE user_id = @UserId
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { due.UserId, delay }, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
