using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using ChatApp.Api.Accounts;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Audit.Verification;

/// <summary>Reads the whole log, a page at a time, in one snapshot; what is added meanwhile comes after it.</summary>
internal sealed class AuditVerifier(NpgsqlDataSource database, SecretBox secrets, AuditLog log, AuditWitness witness, TimeProvider time)
{
    private const int PageSize = 1000;

    /// <summary>Verifies the log, and adds an entry about what came of it.</summary>
    /// <returns>Null when somebody does so already, here or in another process.</returns>
    public async Task<AuditVerification?> VerifyAsync(AuditActor actor, CancellationToken cancellationToken)
    {
        if (await CheckAsync(cancellationToken) is not { } verification)
        {
            return null;
        }

        await log.AppendAsync(new AuditEntry(AuditActions.AuditVerified, actor) { Detail = ToDetail(verification) }, cancellationToken);
        return verification;
    }

    /// <summary>What came of the last verification, as its entry says; null when there was none.</summary>
    public async Task<AuditVerification?> LastAsync(CancellationToken cancellationToken)
    {
        var row = await database.FirstOrDefaultAsync<AuditRow>(
            $"SELECT {AuditRow.Columns} FROM audit_log WHERE action = @action ORDER BY id DESC LIMIT 1", new { action = AuditActions.AuditVerified }, cancellationToken);
        if (row is null)
        {
            return null;
        }

        var detail = AuditText.Read(row.Detail);
        return new AuditVerification(
            detail.GetValueOrDefault("ok") == "true", Number("checked") ?? 0, Time("from"), Time("to"), Number("brokenAt"), row.At);

        long? Number(string name) => long.TryParse(detail.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : null;
        DateTimeOffset? Time(string name) => DateTimeOffset.TryParse(detail.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var at) ? at : null;
    }

    /// <summary>Verifies the log without a word about it.</summary>
    internal async Task<AuditVerification?> CheckAsync(CancellationToken cancellationToken)
    {
        // Before the snapshot is taken: what was seen by then must be in it.
        var seen = witness.Seen;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (!await connection.QueryFirstAsync<bool>(new CommandDefinition(
                "SELECT pg_try_advisory_xact_lock(hashtext('audit_verification'))", cancellationToken: cancellationToken)))
        {
            return null;
        }

        var head = await connection.QueryFirstOrDefaultAsync<AuditHead>(new CommandDefinition($"SELECT {AuditHead.Columns} FROM audit_head", cancellationToken: cancellationToken));
        var chain = new AuditChain(secrets, head?.AnchorId ?? 0, head?.AnchorCode ?? []);
        await foreach (var row in RowsAsync(connection, cancellationToken))
        {
            if (row.Id == seen.Id && !CryptographicOperations.FixedTimeEquals(row.Code, seen.Code))
            {
                chain.Break(row.Id);
            }

            chain.Add(row);
        }

        chain.End(head ?? new AuditHead());

        // Entries say more exactly where it broke than the head does, so it is asked last.
        if (head is not null && !AuditCode.IsSealed(secrets, head))
        {
            chain.Break(head.LastId);
        }
        else if (head is not null && (head.LastId < seen.Id || witness.HasReturned))
        {
            chain.Break(head.LastId + 1);
        }

        return new AuditVerification(chain.BrokenAt is null, chain.Checked, chain.From, chain.To, chain.BrokenAt, time.GetUtcNow());
    }

    private static async IAsyncEnumerable<AuditRow> RowsAsync(
        NpgsqlConnection connection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {AuditRow.Columns} FROM audit_log WHERE id > @after ORDER BY id LIMIT @PageSize";
        var after = long.MinValue;
        while (true)
        {
            var page = (await connection.QueryAsync<AuditRow>(new CommandDefinition(sql, new { after, PageSize }, cancellationToken: cancellationToken))).AsList();
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    private static Dictionary<string, string> ToDetail(AuditVerification verification)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ok"] = verification.Ok ? "true" : "false",
            ["checked"] = verification.Checked.ToString(CultureInfo.InvariantCulture),
        };
        Add("from", verification.From?.ToString("O", CultureInfo.InvariantCulture));
        Add("to", verification.To?.ToString("O", CultureInfo.InvariantCulture));
        Add("brokenAt", verification.BrokenAt?.ToString(CultureInfo.InvariantCulture));
        return detail;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                detail[name] = value;
            }
        }
    }
}
