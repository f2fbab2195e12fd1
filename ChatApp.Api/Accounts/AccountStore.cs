using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Accounts;

internal sealed class AccountStore(NpgsqlDataSource database)
{
    /// <summary>Adds the account, as the administrator when it is the first one of all.</summary>
    /// <returns>The account with its role, or null when the address is taken.</returns>
    public async Task<Account?> CreateAsync(Account account, CancellationToken cancellationToken)
    {
        // The lock ends with the statement: of two first sign-ups at once, only one sees an empty table.
        const string sql = """
            SELECT pg_advisory_xact_lock(hashtext('users'));
            INSERT INTO users (id, name, email, password_hash, role)
            VALUES (@Id, @Name, @Email, @PasswordHash, CASE WHEN EXISTS (SELECT FROM users) THEN 'user' ELSE 'admin' END)
            ON CONFLICT (lower(email)) DO NOTHING;
            SELECT id, name, email, role FROM users WHERE id = @Id;
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.LastResultAsync<Account>(sql, account, cancellationToken);
    }

    public Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<Account>(
            "SELECT id, name, email, password_hash, role FROM users WHERE lower(email) = lower(@email)", new { email }, cancellationToken);

    public Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<Account>("SELECT id, name, email, role FROM users WHERE id = @id", new { id }, cancellationToken);

    public Task SetPasswordHashAsync(Guid id, string passwordHash, CancellationToken cancellationToken) =>
        database.ExecuteAsync("UPDATE users SET password_hash = @passwordHash WHERE id = @id", new { id, passwordHash }, cancellationToken);
}
