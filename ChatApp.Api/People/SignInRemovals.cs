using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Audit;
using Npgsql;

namespace ChatApp.Api.People;

/// <summary>Takes from people what they sign in with: after a loss or a theft, when they ask for it.</summary>
internal sealed class SignInRemovals(
    NpgsqlDataSource database, SecondFactorStore secondFactors, SessionEnding sessions, AuditLog audit)
{
    /// <summary>Ends all sessions of somebody.</summary>
    public Task<PersonChange> SignOutAsync(Guid id, PeopleActor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, AuditActions.SignedOutEverywhere, static (_, _) => Task.CompletedTask, actor, cancellationToken);

    /// <summary>Takes the second factor away with its recovery codes, and ends all sessions: one of them may be the thief's.</summary>
    public Task<PersonChange> RemoveSecondFactorAsync(Guid id, PeopleActor actor, CancellationToken cancellationToken) => ChangeAsync(
        id,
        AuditActions.SecondFactorRemoved,
        (connection, account) => secondFactors.RemoveAsync(connection, account, cancellationToken),
        actor,
        cancellationToken);

    private async Task<PersonChange> ChangeAsync(
        Guid id, string action, Func<NpgsqlConnection, Account, Task> change, PeopleActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await PersonLock.TakeAsync(connection, id, cancellationToken) is null || await AccountStore.FindAsync(connection, id, cancellationToken) is not { } account)
        {
            return PersonChange.NoSuchPerson;
        }

        await change(connection, account);
        var ended = await sessions.EndAllAsync(connection, id, null, SessionEnd.Revoked, cancellationToken);
        await audit.AppendAsync(connection, new AuditEntry(action, actor.Audit) { SubjectKind = "account", SubjectId = id.ToString() }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        ended.TakeEffect();
        return PersonChange.Done;
    }
}
