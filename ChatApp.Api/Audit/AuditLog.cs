using System.Text.Encodings.Web;
using System.Text.Json;
using ChatApp.Api.Accounts;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Audit;

/// <summary>Writes the audit log, whose entries are chained: each one's code covers itself and the code before it.</summary>
internal sealed class AuditLog(NpgsqlDataSource database, SecretBox secrets, TimeProvider time)
{
    private const int MaxDetail = 4096;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Adds an entry, in a transaction of its own.</summary>
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AppendAsync(connection, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Adds an entry in the transaction that the connection is in, so that what was done and that it was done are saved both or neither.
    /// To be called last: until the commit, nobody else can add one.
    /// </summary>
    public async Task AppendAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken)
    {
        // The last row is read by a statement of its own: one sees what was committed before it began, which the lock has waited for.
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(hashtext('audit_log'))", cancellationToken: cancellationToken));
        var last = await connection.QueryFirstOrDefaultAsync<Last>(new CommandDefinition(
            "SELECT id, code FROM audit_log ORDER BY id DESC LIMIT 1", cancellationToken: cancellationToken)) ?? new Last();
        var row = AuditRow.Of(last.Id + 1, time.GetUtcNow(), entry, Detail(entry));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO audit_log (id, at, action, actor_kind, actor_id, key_id, address, subject_kind, subject_id, detail, code)
            VALUES (@Id, @At, @Action, @ActorKind, @ActorId, @KeyId, @Address, @SubjectKind, @SubjectId, @Detail, @Code)
            """,
            row with { Code = AuditCode.Of(secrets, last.Code, row) },
            cancellationToken: cancellationToken));
    }

    private static string Detail(AuditEntry entry)
    {
        var detail = JsonSerializer.Serialize(entry.Detail, Plain);
        return detail.Length <= MaxDetail ? detail : """{"truncated":"true"}""";
    }

    private sealed record Last
    {
        public long Id { get; init; }

        public byte[] Code { get; init; } = [];
    }
}
