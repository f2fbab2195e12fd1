using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Audit;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Confirmation;

/// <summary>Confirms and changes the addresses of accounts.</summary>
internal sealed class EmailStore(NpgsqlDataSource database, LinkTokens links, MailOutbox mails, AuditLog audit)
{
    /// <summary>Notes that another address is wanted, and sends a link to it, or, if it is somebody's already, a word to them.</summary>
    public async Task AskAsync(Account account, string email, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await mails.AddAsync(connection, new Letter(LetterKind.ChangeEmail, email, account.Id), cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.EmailChangeAsked, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
    }

    /// <summary>Does what a followed link says.</summary>
    public async Task<EmailOutcome> FollowAsync(string token, Func<Guid, AuditActor> actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await links.TakeAsync(connection, token, cancellationToken) is not { Purpose: LinkPurpose.ConfirmEmail or LinkPurpose.ChangeEmail } link
            || await AccountStore.LockAsync(connection, link.UserId, cancellationToken) is not { } account
            || (link.Purpose == LinkPurpose.ConfirmEmail && !string.Equals(link.Email, account.Email, StringComparison.OrdinalIgnoreCase)))
        {
            return EmailOutcome.NotGood;
        }

        return link.Purpose == LinkPurpose.ConfirmEmail
            ? await ConfirmAsync(connection, transaction, account, actor(account.Id), cancellationToken)
            : await ChangeAsync(connection, transaction, account, link.Email, isConfirmed: true, actor(account.Id), cancellationToken);
    }

    /// <summary>Changes an address at once, where no mail can be sent that would confirm it.</summary>
    public async Task<EmailOutcome> ChangeAsync(Account account, string email, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return await ChangeAsync(connection, transaction, account, email, isConfirmed: false, actor, cancellationToken);
    }

    private async Task<EmailOutcome> ConfirmAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Account account, AuditActor actor, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE users SET email_confirmed_at = coalesce(email_confirmed_at, now()) WHERE id = @Id", account, cancellationToken: cancellationToken));
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.EmailConfirmed, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return EmailOutcome.Done;
    }

    private async Task<EmailOutcome> ChangeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Account account, string email, bool isConfirmed, AuditActor actor, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE users SET email = @email, email_confirmed_at = CASE WHEN @isConfirmed THEN now() END WHERE id = @Id",
                new { account.Id, email, isConfirmed },
                cancellationToken: cancellationToken));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return EmailOutcome.Taken;
        }

        // Links that lie in the old mailbox open nothing any more.
        foreach (var purpose in Enum.GetValues<LinkPurpose>())
        {
            await LinkTokens.DropAsync(connection, account.Id, purpose, cancellationToken);
        }

        await mails.AddAsync(connection, new Letter(LetterKind.EmailChanged, account.Email, account.Id), cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.EmailChanged, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
        return EmailOutcome.Done;
    }
}
