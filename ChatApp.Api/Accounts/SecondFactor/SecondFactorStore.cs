using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Audit;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>Second factors of accounts: their secrets, sealed, and their recovery codes.</summary>
internal sealed class SecondFactorStore(
    NpgsqlDataSource database, SecretBox secrets, RecoveryCodes recovery, MailOutbox mails, AuditLog audit, TimeProvider time)
{
    private const string Purpose = "second factor";
    private const int IdSize = 16;

    /// <summary>Keeps a secret that is not in use yet.</summary>
    /// <returns>False when one is in use already.</returns>
    public async Task<bool> PrepareAsync(Guid userId, byte[] secret, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO second_factors (user_id, secret) VALUES (@userId, @box)
            ON CONFLICT (user_id) DO UPDATE SET secret = EXCLUDED.secret, last_step = 0 WHERE second_factors.confirmed_at IS NULL
            """;
        // With the account's id inside, so that one account's secret is nothing in another's row.
        var box = secrets.Seal(Purpose, [.. userId.ToByteArray(), .. secret]);
        return await database.ExecuteAsync(sql, new { userId, box }, cancellationToken) == 1;
    }

    /// <summary>Puts a prepared secret in use when the code is one of its.</summary>
    /// <returns>The first recovery codes; null when the code is wrong, or there is nothing to confirm.</returns>
    public async Task<string[]?> ConfirmAsync(Account account, string code, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await StepAsync(connection, account.Id, code, isConfirmed: false, cancellationToken) is not { } step)
        {
            return null;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE second_factors SET confirmed_at = now(), last_step = @step WHERE user_id = @Id", new { step, account.Id }, cancellationToken: cancellationToken));
        var codes = await MakeCodesAsync(connection, account.Id, cancellationToken);
        await mails.AddAsync(connection, new Letter(LetterKind.SecondFactorOn, account.Email, account.Id), cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.SecondFactorOn, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
        return codes;
    }

    /// <summary>Takes a code of the app. Each is taken once, by whichever process comes first.</summary>
    public async Task<bool> TakeCodeAsync(Guid userId, string code, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await StepAsync(connection, userId, code, isConfirmed: true, cancellationToken) is { } step
            && await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE second_factors SET last_step = @step WHERE user_id = @userId AND last_step < @step", new { step, userId }, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>Takes a recovery code, which is gone then.</summary>
    public async Task<bool> TakeRecoveryCodeAsync(Guid userId, string code, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "DELETE FROM recovery_codes WHERE user_id = @userId AND code = @kept", new { userId, kept = recovery.Kept(userId, code) }, cancellationToken) == 1;

    /// <summary>Makes other recovery codes in place of those that are left.</summary>
    public async Task<string[]> RenewCodesAsync(Guid userId, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var codes = await MakeCodesAsync(connection, userId, cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.RecoveryCodesMade, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>Takes the second factor away, in the transaction that the connection is in. Whoever does it writes it into the audit log.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(NpgsqlConnection connection, Account account, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM recovery_codes WHERE user_id = @Id;
            DELETE FROM second_factor_tickets WHERE user_id = @Id;
            DELETE FROM second_factors WHERE user_id = @Id RETURNING confirmed_at IS NOT NULL
            """;
        var wasInUse = await connection.QueryFirstOrDefaultAsync<bool>(new CommandDefinition(sql, account, cancellationToken: cancellationToken));
        if (wasInUse)
        {
            await mails.AddAsync(connection, new Letter(LetterKind.SecondFactorOff, account.Email, account.Id), cancellationToken);
        }

        return wasInUse;
    }

    /// <summary>Takes the second factor away at its owner's wish.</summary>
    public async Task RemoveAsync(Account account, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RemoveAsync(connection, account, cancellationToken))
        {
            await audit.AppendAsync(connection, new AuditEntry(AuditActions.SecondFactorOff, actor), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        mails.Wake();
    }

    private async Task<long?> StepAsync(NpgsqlConnection connection, Guid userId, string code, bool isConfirmed, CancellationToken cancellationToken)
    {
        var box = await connection.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
            "SELECT secret FROM second_factors WHERE user_id = @userId AND (confirmed_at IS NOT NULL) = @isConfirmed FOR UPDATE",
            new { userId, isConfirmed },
            cancellationToken: cancellationToken));
        return box is not null && secrets.Open(Purpose, box) is { } content && content.AsSpan(0, IdSize).SequenceEqual(userId.ToByteArray())
            ? Totp.Find(content.AsSpan(IdSize), code, time.GetUtcNow())
            : null;
    }

    private async Task<string[]> MakeCodesAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken)
    {
        var codes = RecoveryCodes.Make();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM recovery_codes WHERE user_id = @userId;
            INSERT INTO recovery_codes (user_id, code) SELECT @userId, unnest(@kept)
            """,
            new { userId, kept = codes.Select(code => recovery.Kept(userId, code)).ToArray() },
            cancellationToken: cancellationToken));
        return codes;
    }
}
