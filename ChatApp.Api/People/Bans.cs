using System.Globalization;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Audit;
using Dapper;
using Npgsql;

namespace ChatApp.Api.People;

/// <summary>Keeps people out, and lets them in again. Moderators ban whoever has a lesser role than theirs; administrators everybody but themselves.</summary>
internal sealed class Bans(NpgsqlDataSource database, SessionEnding sessions, AccessCutoffs cutoffs, AuditLog audit)
{
    /// <summary>Keeps somebody out, in a transaction of its own.</summary>
    public async Task<PersonChange> BanAsync(Guid id, Ban ban, PeopleActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (change, cuts) = await BanAsync(connection, id, ban, actor, cancellationToken);
        if (change == PersonChange.Done)
        {
            await transaction.CommitAsync(cancellationToken);
            TakeEffect(cuts);
        }

        return change;
    }

    /// <summary>
    /// Keeps somebody out, in the transaction that the connection is in, as the last thing there: with a reason for it that is saved along. One who
    /// is banned already gets the new end and reason. What comes back beside <see cref="PersonChange.Done"/> is to take effect after the commit.
    /// </summary>
    public async Task<(PersonChange Change, IReadOnlyList<PendingCutoff> Cuts)> BanAsync(NpgsqlConnection connection, Guid id, Ban ban, PeopleActor actor, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(connection, id, actor, cancellationToken) is { } refusal)
        {
            return (refusal, []);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE users SET banned_until = @until, ban_reason = @Reason WHERE id = @id",
            new { id, until = ban.Until ?? DateTimeOffset.MaxValue, ban.Reason },
            cancellationToken: cancellationToken));
        var detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = ban.Reason };
        if (ban.Until is { } until)
        {
            detail["until"] = until.ToString("O", CultureInfo.InvariantCulture);
        }

        // Sessions, and what else a key may have opened.
        PendingCutoff[] cuts =
        [
            await sessions.EndAllAsync(connection, id, null, SessionEnd.AccountClosed, cancellationToken),
            await cutoffs.CutAsync(connection, id, cancellationToken),
        ];
        await audit.AppendAsync(connection, Entry(AuditActions.Banned, id, actor) with { Detail = detail }, cancellationToken);
        return (PersonChange.Done, cuts);
    }

    /// <summary>Lets somebody in again.</summary>
    public async Task<PersonChange> UnbanAsync(Guid id, PeopleActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RefusalAsync(connection, id, actor, cancellationToken) is { } refusal and not PersonChange.LastAdmin)
        {
            return refusal;
        }

        const string sql = "UPDATE users SET banned_until = NULL, ban_reason = NULL WHERE id = @id AND banned_until IS NOT NULL";
        if (await connection.ExecuteAsync(new CommandDefinition(sql, new { id }, cancellationToken: cancellationToken)) > 0)
        {
            await audit.AppendAsync(connection, Entry(AuditActions.Unbanned, id, actor), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return PersonChange.Done;
    }

    /// <summary>What no longer counts, at once.</summary>
    public static void TakeEffect(IReadOnlyList<PendingCutoff> cuts)
    {
        foreach (var cut in cuts)
        {
            cut.TakeEffect();
        }
    }

    private static async Task<PersonChange?> RefusalAsync(NpgsqlConnection connection, Guid id, PeopleActor actor, CancellationToken cancellationToken) =>
        await PersonLock.TakeAsync(connection, id, cancellationToken) switch
        {
            null => PersonChange.NoSuchPerson,
            _ when id == actor.Id => PersonChange.Oneself,
            { Role: var role } when actor.Role < UserRole.Moderator || (actor.Role != UserRole.Admin && role >= actor.Role) => PersonChange.NotAllowed,
            { IsLastAdmin: true } => PersonChange.LastAdmin,
            _ => null,
        };

    private static AuditEntry Entry(string action, Guid id, PeopleActor actor) => new(action, actor.Audit) { SubjectKind = "account", SubjectId = id.ToString() };
}
