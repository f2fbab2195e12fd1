using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>Writes when keys were last used; the first use of a day, by UTC, goes into the audit log.</summary>
internal sealed class ApiKeyUses(NpgsqlDataSource database, AuditLog audit)
{
    public async Task WriteAsync(IReadOnlyList<LastUse> uses, CancellationToken cancellationToken)
    {
        foreach (var use in uses)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var before = await connection.QueryFirstOrDefaultAsync<Before>(new CommandDefinition(
                "SELECT user_id, last_used_at FROM api_keys WHERE id = @Id FOR UPDATE", use, cancellationToken: cancellationToken));
            if (before is null || before.LastUsedAt >= use.At)
            {
                continue;
            }

            await connection.ExecuteAsync(new CommandDefinition("UPDATE api_keys SET last_used_at = @At WHERE id = @Id", use, cancellationToken: cancellationToken));
            if (before.LastUsedAt?.UtcDateTime.Date != use.At.UtcDateTime.Date)
            {
                var actor = new AuditActor(AuditActorKind.Key, before.UserId, use.Address) { KeyId = use.Id };
                await audit.AppendAsync(
                    connection, new AuditEntry(AuditActions.KeyUsed, actor) { SubjectKind = "key", SubjectId = use.Id.ToString() }, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
    }

    private sealed record Before
    {
        public Guid UserId { get; init; }

        public DateTimeOffset? LastUsedAt { get; init; }
    }
}
