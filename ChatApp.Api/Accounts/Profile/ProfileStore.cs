using ChatApp.Api.Audit;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Profile;

/// <summary>What people change of their accounts.</summary>
internal sealed class ProfileStore(NpgsqlDataSource database, AuditLog audit)
{
    /// <summary>Gives an account another name.</summary>
    /// <returns>The account as it is then; null when there is none.</returns>
    public async Task<Account?> RenameAsync(Guid userId, string name, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("UPDATE users SET name = @name WHERE id = @userId", new { userId, name }, cancellationToken: cancellationToken));
        var account = await AccountStore.LockAsync(connection, userId, cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(AuditActions.NameChanged, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return account;
    }
}
