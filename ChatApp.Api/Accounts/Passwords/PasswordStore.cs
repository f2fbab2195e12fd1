using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Confirmation;
using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Audit;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Passwords;

/// <summary>Changes passwords, with everything that has to happen together with it.</summary>
internal sealed class PasswordStore(NpgsqlDataSource database, LinkTokens links, SessionEnding sessions, MailOutbox mails, AuditLog audit)
{
    /// <summary>Gives an account another password, and ends its sessions but one.</summary>
    /// <param name="account">As it was when its owner showed that it is theirs.</param>
    /// <param name="hash">Of the new password.</param>
    /// <param name="sessionId">The session that goes on.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when it has another password since, or is gone.</returns>
    public async Task<bool> ChangeAsync(Account account, string hash, Guid? sessionId, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await AccountStore.LockAsync(connection, account.Id, cancellationToken) is not { } current || current.PasswordHash != account.PasswordHash)
        {
            return false;
        }

        var ended = await SetAsync(connection, account.Id, hash, sessionId, cancellationToken);
        await mails.AddAsync(connection, new Letter(LetterKind.PasswordChanged, account.Email, account.Id), cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.PasswordChanged, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        ended.TakeEffect();
        mails.Wake();
        return true;
    }

    /// <summary>
    /// Gives the account that a link was sent to another password, and ends all its sessions. Whoever followed the link has the address,
    /// so it is confirmed; what had been linked before that was ever shown may be somebody else's, and goes.
    /// </summary>
    /// <returns>False when the link is not good any more.</returns>
    public async Task<bool> ResetAsync(string token, string hash, Func<Guid, AuditActor> actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await links.TakeAsync(connection, token, cancellationToken) is not { Purpose: LinkPurpose.ResetPassword } link
            || await AccountStore.LockAsync(connection, link.UserId, cancellationToken) is not { } account
            || !string.Equals(account.Email, link.Email, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (account.EmailConfirmedAt is null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "DELETE FROM external_logins WHERE user_id = @Id; UPDATE users SET email_confirmed_at = now() WHERE id = @Id", account, cancellationToken: cancellationToken));
        }

        var ended = await SetAsync(connection, account.Id, hash, exceptSessionId: null, cancellationToken);
        await mails.AddAsync(connection, new Letter(LetterKind.PasswordChanged, account.Email, account.Id), cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.PasswordReset, actor(account.Id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        ended.TakeEffect();
        mails.Wake();
        return true;
    }

    private async Task<PendingCutoff> SetAsync(NpgsqlConnection connection, Guid userId, string hash, Guid? exceptSessionId, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE users SET password_hash = @hash WHERE id = @userId", new { userId, hash }, cancellationToken: cancellationToken));
        await LinkTokens.DropAsync(connection, userId, LinkPurpose.ResetPassword, cancellationToken);
        // Sign-ins that the old password began.
        await SecondFactorTickets.DropAsync(connection, userId, cancellationToken);
        return await sessions.EndAllAsync(connection, userId, exceptSessionId, SessionEnd.PasswordChanged, cancellationToken);
    }
}
