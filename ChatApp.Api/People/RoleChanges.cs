using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using Dapper;
using Npgsql;

namespace ChatApp.Api.People;

/// <summary>Gives people other roles. What they hold of the old one ends at once.</summary>
internal sealed class RoleChanges(NpgsqlDataSource database, AccessCutoffs cutoffs, AuditLog audit)
{
    public async Task<PersonChange> ChangeAsync(Guid id, UserRole role, PeopleActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await PersonLock.TakeAsync(connection, id, cancellationToken) is not { } person)
        {
            return PersonChange.NoSuchPerson;
        }

        if (person.Role == role)
        {
            return PersonChange.Done;
        }

        if (person.IsLastAdmin)
        {
            return PersonChange.LastAdmin;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE users SET role = @role WHERE id = @id", new { id, role = RoleNames.Of(role) }, cancellationToken: cancellationToken));
        var cut = await cutoffs.CutAsync(connection, id, cancellationToken);
        await audit.AppendAsync(
            connection,
            new AuditEntry(AuditActions.RoleChanged, actor.Audit)
            {
                SubjectKind = "account",
                SubjectId = id.ToString(),
                Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["from"] = RoleNames.Of(person.Role), ["to"] = RoleNames.Of(role) },
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cut.TakeEffect();
        return PersonChange.Done;
    }
}
