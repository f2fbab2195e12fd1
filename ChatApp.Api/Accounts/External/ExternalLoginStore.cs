using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Audit;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.External;

/// <summary>Which accounts elsewhere sign in to which of ours.</summary>
internal sealed class ExternalLoginStore(NpgsqlDataSource database, MailOutbox mails, AuditLog audit)
{
    private const int MaxEmail = 254;

    /// <summary>The account that somebody's account elsewhere signs in to, and notes that it did.</summary>
    /// <returns>Null when there is none.</returns>
    public Task<Guid?> UseAsync(string provider, ExternalIdentity identity, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<Guid?>(
            "UPDATE external_logins SET last_used_at = now(), email = @email WHERE provider = @provider AND subject = @Subject RETURNING user_id",
            new { provider, identity.Subject, email = Bounded(identity.Email) },
            cancellationToken);

    /// <summary>Those of an account, the oldest first: at most one of each provider.</summary>
    public Task<List<ExternalLoginRow>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        database.ListAsync<ExternalLoginRow>(
            "SELECT provider, subject, user_id, email, created_at, last_used_at FROM external_logins WHERE user_id = @userId ORDER BY created_at, provider",
            new { userId },
            cancellationToken);

    /// <summary>Links an account elsewhere, and tells the owner by mail.</summary>
    public async Task<LinkOutcome> LinkAsync(Account account, string provider, ExternalIdentity identity, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await AddAsync(connection, account.Id, provider, identity, cancellationToken))
        {
            var owner = await connection.QueryFirstOrDefaultAsync<Guid?>(new CommandDefinition(
                "SELECT user_id FROM external_logins WHERE provider = @provider AND subject = @Subject", new { provider, identity.Subject }, cancellationToken: cancellationToken));
            return owner is null ? LinkOutcome.Another : owner == account.Id ? LinkOutcome.Linked : LinkOutcome.Elsewhere;
        }

        await mails.AddAsync(connection, new Letter(LetterKind.ExternalLoginAdded, account.Email, account.Id), cancellationToken);
        await audit.AppendAsync(connection, Entry(AuditActions.ExternalLoginAdded, actor, provider), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
        return LinkOutcome.Linked;
    }

    /// <summary>Links an account elsewhere in the transaction that the connection is in.</summary>
    /// <returns>False when it, or another one of the provider, is linked already.</returns>
    public static async Task<bool> AddAsync(NpgsqlConnection connection, Guid userId, string provider, ExternalIdentity identity, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO external_logins (provider, subject, user_id, email) VALUES (@provider, @Subject, @userId, @email) ON CONFLICT DO NOTHING",
            new { provider, identity.Subject, userId, email = Bounded(identity.Email) },
            cancellationToken: cancellationToken)) == 1;

    /// <summary>Removes the one of a provider, unless nothing would be left to sign in with.</summary>
    /// <returns>Null when there is none; false when it is the last way in.</returns>
    public async Task<bool?> RemoveAsync(Guid userId, string provider, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The account's lock: of two removals at once, the second sees what the first left.
        var account = await AccountStore.LockAsync(connection, userId, cancellationToken);
        var providers = (await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT provider FROM external_logins WHERE user_id = @userId", new { userId }, cancellationToken: cancellationToken))).AsList();
        if (!providers.Contains(provider, StringComparer.Ordinal))
        {
            return null;
        }

        if (account?.PasswordHash is null && providers.Count == 1)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM external_logins WHERE user_id = @userId AND provider = @provider", new { userId, provider }, cancellationToken: cancellationToken));
        await audit.AppendAsync(connection, Entry(AuditActions.ExternalLoginRemoved, actor, provider), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static AuditEntry Entry(string action, AuditActor actor, string provider) =>
        new(action, actor) { Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["provider"] = provider } };

    private static string? Bounded(string? email) => email is { Length: <= MaxEmail } ? email : null;
}
