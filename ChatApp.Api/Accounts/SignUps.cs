using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Audit;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Accounts;

/// <summary>Makes accounts, with the mail and the audit entry that belong to that.</summary>
internal sealed class SignUps(NpgsqlDataSource database, MailOutbox mails, AuditLog audit, IOptions<AuthOptions> options)
{
    /// <summary>
    /// Makes an account, and sends a link that confirms its address unless it is confirmed. Where addresses have to be confirmed, the owner
    /// of a taken one is told by mail, and everything takes as long as for a new one.
    /// </summary>
    /// <param name="wanted">The account, with its id.</param>
    /// <param name="how">By what, for the audit log: <c>password</c>, or a provider's name.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="together">What else belongs to a new account, in the same transaction.</param>
    /// <returns>The account with its role, or null when the address is taken.</returns>
    public async Task<Account?> AddAsync(
        Account wanted, string how, HttpContext context, CancellationToken cancellationToken, Func<NpgsqlConnection, Account, Task>? together = null)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var account = await AccountStore.CreateAsync(connection, wanted, cancellationToken);
        if (account is not null && together is not null)
        {
            await together(connection, account);
        }

        await NoteAsync(connection, wanted, account, how, context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
        return account;
    }

    private async Task NoteAsync(NpgsqlConnection connection, Account wanted, Account? account, string how, HttpContext context, CancellationToken cancellationToken)
    {
        if (wanted.EmailConfirmedAt is null && (account is not null || options.Value.RequireConfirmedEmail))
        {
            await mails.AddAsync(connection, new Letter(account is null ? LetterKind.SignedUpAgain : LetterKind.ConfirmEmail, wanted.Email), cancellationToken);
        }

        var actor = account is null ? AuditActor.Of(context) : AuditActor.Of(context, account.Id);
        await audit.AppendAsync(
            connection,
            new AuditEntry(account is null ? AuditActions.SignUpRefused : AuditActions.SignedUp, actor)
            {
                Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = how },
            },
            cancellationToken);
    }
}
