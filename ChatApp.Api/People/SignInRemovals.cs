using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Audit;
using Dapper;
using Npgsql;

namespace ChatApp.Api.People;

/// <summary>Takes from people what they sign in with: after a loss or a theft, when they ask for it.</summary>
internal sealed class SignInRemovals(NpgsqlDataSource database, SessionEnding sessions, AuditLog audit)
{
    /// <summary>Ends all sessions of somebody.</summary>
    public Task<PersonChange> SignOutAsync(Guid id, PeopleActor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, AuditActions.SignedOutEverywhere, null, actor, cancellationToken);

    /// <summary>Takes the second factor away with its recovery codes, and ends all sessions: one of them may be the thief's.</summary>
    public Task<PersonChange> RemoveSecondFactorAsync(Guid id, PeopleActor actor, CancellationToken cancellationToken) => ChangeAsync(
        id,
        AuditActions.SecondFactorRemoved,
        "DELETE FROM recovery_codes WHERE user_id = @id; DELETE FROM second_factor_tickets WHERE user_id = @id; DELETE FROM second_factors WHERE user_id = @id",
        actor,
        cancellationToken);

    private async Task<PersonChange> ChangeAsync(Guid id, string action, string? sql, PeopleActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await PersonLock.TakeAsync(connection, id, cancellationToken) is null)
        {
            return PersonChange.NoSuchPerson;
        }

        if (sql is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(sql, new { id }, cancellationToken: cancellationToken));
        }

        var ended = await sessions.EndAllAsync(connection, id, null, SessionEnd.Revoked, cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(action, actor.Audit) { SubjectKind = "account", SubjectId = id.ToString() }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        ended.TakeEffect();
        return PersonChange.Done;
    }
}
