using System.Globalization;
using ChatApp.Api.Accounts;
using ChatApp.Api.Audit.Verification;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Audit.Retention;

/// <summary>
/// Removes what is too old, always from the beginning and without a gap. The code of the last that was removed stays as the anchor that the
/// rest is chained to, and an entry says what was removed and whether it was as it had been written.
/// </summary>
internal sealed class AuditPruning(NpgsqlDataSource database, SecretBox secrets, AuditLog log)
{
    private const int MostAtOnce = 2000;

    private const string Delete = """
        SET LOCAL chatapp.audit_retention = 'on';
        DELETE FROM audit_log WHERE id <= @through;
        SET LOCAL chatapp.audit_retention = 'off'
        """;

    /// <summary>Removes entries of before a time, a bounded number at once.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.QueryFirstOrDefaultAsync<AuditHead>(new CommandDefinition(AuditHead.Lock, cancellationToken: cancellationToken)) is not { } head)
        {
            return 0;
        }

        var rows = await connection.QueryAsync<AuditRow>(new CommandDefinition(
            $"SELECT {AuditRow.Columns} FROM audit_log ORDER BY id LIMIT @MostAtOnce", new { MostAtOnce }, cancellationToken: cancellationToken));
        var chain = new AuditChain(secrets, head.AnchorId, head.AnchorCode);

        // The newest stays in any case: without it nothing would show that the log was ever longer.
        foreach (var row in rows.TakeWhile(row => row.At < before && row.Id < head.LastId))
        {
            chain.Add(row);
        }

        if (chain.Checked == 0)
        {
            return 0;
        }

        await connection.ExecuteAsync(new CommandDefinition(Delete, new { through = chain.NextId - 1 }, cancellationToken: cancellationToken));
        var isOurs = AuditCode.IsSealed(secrets, head);
        var next = head with { AnchorId = chain.NextId - 1, AnchorCode = chain.Code };

        // A head that is not ours is not made ours by this.
        await connection.ExecuteAsync(new CommandDefinition(AuditHead.Write, isOurs ? AuditCode.Seal(secrets, next) : next, cancellationToken: cancellationToken));
        await log.AppendAsync(connection, Entry(chain), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (int)chain.Checked;
    }

    private static AuditEntry Entry(AuditChain chain)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["removed"] = chain.Checked.ToString(CultureInfo.InvariantCulture),
            ["through"] = (chain.NextId - 1).ToString(CultureInfo.InvariantCulture),
            ["until"] = chain.To!.Value.ToString("O", CultureInfo.InvariantCulture),
        };
        if (chain.BrokenAt is { } broken)
        {
            detail["brokenAt"] = broken.ToString(CultureInfo.InvariantCulture);
        }

        return new AuditEntry(AuditActions.AuditPruned, AuditActor.System) { Detail = detail };
    }
}
