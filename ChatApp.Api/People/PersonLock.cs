using ChatApp.Api.Accounts;
using Dapper;
using Npgsql;

namespace ChatApp.Api.People;

/// <summary>An account that nobody else changes until the transaction ends, and whether the service would be without it.</summary>
internal sealed record PersonLock
{
    public UserRole Role { get; init; }

    public bool IsBanned { get; init; }

    /// <summary>Whether no other administrator could sign in.</summary>
    public bool IsLastAdmin { get; init; }

    /// <summary>Locks it.</summary>
    /// <returns>Null when there is no such account, or it is being deleted.</returns>
    public static async Task<PersonLock?> TakeAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        // All administrators are locked first and in one order, so that two of them cannot take each other's role at once. The second
        // statement sees what the first has waited for.
        await connection.ExecuteAsync(new CommandDefinition(
            "SELECT FROM users WHERE role = 'admin' OR id = @id ORDER BY id FOR UPDATE", new { id }, cancellationToken: cancellationToken));
        return await connection.QueryFirstOrDefaultAsync<PersonLock>(new CommandDefinition(
            """
            SELECT u.role, coalesce(u.banned_until > now(), false) AS is_banned,
                   u.role = 'admin' AND NOT EXISTS (
                       SELECT FROM users o WHERE o.role = 'admin' AND o.id <> u.id AND o.deletion_requested_at IS NULL
                         AND coalesce(o.banned_until <= now(), true)) AS is_last_admin
            FROM users u WHERE u.id = @id AND u.deletion_requested_at IS NULL
            """,
            new { id },
            cancellationToken: cancellationToken));
    }
}
