using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts;

internal sealed class AccountStore(NpgsqlDataSource database)
{
    private const string Select = """
        SELECT u.id, u.name, u.email, u.password_hash, u.role, u.email_confirmed_at, u.created_at, u.token_version, u.banned_until, u.ban_reason, u.deletion_requested_at,
               EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS second_factor
        FROM users u
        """;

    /// <summary>Adds the account in the transaction that the connection is in, as the administrator when it is the first one of all.</summary>
    /// <returns>The account with its role, or null when the address is taken.</returns>
    public static Task<Account?> CreateAsync(NpgsqlConnection connection, Account account, CancellationToken cancellationToken)
    {
        // The lock is held to the commit: of two first sign-ups at once, only one sees an empty table.
        const string sql = $"""
            SELECT pg_advisory_xact_lock(hashtext('users'));
            INSERT INTO users (id, name, email, password_hash, role, email_confirmed_at)
            VALUES (@Id, @Name, @Email, @PasswordHash, CASE WHEN EXISTS (SELECT FROM users) THEN 'user' ELSE 'admin' END, @EmailConfirmedAt)
            ON CONFLICT (lower(email)) DO NOTHING;
            {Select} WHERE u.id = @Id;
            """;
        return connection.LastResultAsync<Account>(sql, account, cancellationToken);
    }

    public Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<Account>($"{Select} WHERE lower(u.email) = lower(@email)", new { email }, cancellationToken);

    public Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<Account>($"{Select} WHERE u.id = @id", new { id }, cancellationToken);

    /// <summary>The account as the connection's transaction sees it.</summary>
    public static Task<Account?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<Account>(new CommandDefinition($"{Select} WHERE u.id = @id", new { id }, cancellationToken: cancellationToken));

    /// <summary>The account as the connection's transaction sees it, which keeps others from changing it until its end.</summary>
    public static Task<Account?> LockAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken) =>
        // Read after the lock: what waits for a row sees that row anew then, but other tables as they were before.
        connection.LastResultAsync<Account>(
            $"SELECT id FROM users WHERE id = @id FOR NO KEY UPDATE; {Select} WHERE u.id = @id;", new { id }, cancellationToken);

    public Task SetPasswordHashAsync(Guid id, string passwordHash, string before, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "UPDATE users SET password_hash = @passwordHash WHERE id = @id AND password_hash = @before", new { id, passwordHash, before }, cancellationToken);
}
