using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Audit;
using ChatApp.Api.People;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Deletion;

/// <summary>
/// Closes an account for good: in one transaction it loses its name, its address and everything to sign in with, and what it left is noted
/// to be deleted. The address is free for another account at once.
/// </summary>
internal sealed class AccountClosing(NpgsqlDataSource database, SessionEnding sessions, AccessCutoffs cutoffs, AuditLog audit)
{
    private const string Close = """
        DELETE FROM mails WHERE user_id = @userId OR lower(email) = (SELECT lower(email) FROM users WHERE id = @userId);
        DELETE FROM link_tokens WHERE user_id = @userId;
        DELETE FROM recovery_codes WHERE user_id = @userId;
        DELETE FROM second_factor_tickets WHERE user_id = @userId;
        DELETE FROM second_factors WHERE user_id = @userId;
        DELETE FROM external_logins WHERE user_id = @userId;
        UPDATE users SET name = 'Deleted account', email = 'deleted-' || id || '@invalid', email_confirmed_at = NULL, password_hash = NULL,
                         role = 'user', deletion_requested_at = now()
        WHERE id = @userId;
        INSERT INTO account_deletions (user_id) VALUES (@userId);
        DELETE FROM api_keys WHERE user_id = @userId RETURNING id
        """;

    public async Task<ClosingResult> CloseAsync(Guid userId, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        switch (await PersonLock.TakeAsync(connection, userId, cancellationToken))
        {
            case null:
                return ClosingResult.NoSuchAccount;
            case { IsLastAdmin: true }:
                return ClosingResult.LastAdmin;
        }

        var keys = await connection.QueryAsync<Guid>(new CommandDefinition(Close, new { userId }, cancellationToken: cancellationToken));
        PendingCutoff[] cuts =
        [
            await sessions.EndAllAsync(connection, userId, null, SessionEnd.AccountClosed, cancellationToken),
            await cutoffs.EndAsync(connection, [.. keys], cancellationToken),
            await cutoffs.CutAsync(connection, userId, cancellationToken),
        ];
        await audit.AppendAsync(
            connection, new AuditEntry(AuditActions.DeletionRequested, actor) { SubjectKind = "account", SubjectId = userId.ToString() }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Bans.TakeEffect(cuts);
        return ClosingResult.Closed;
    }
}
