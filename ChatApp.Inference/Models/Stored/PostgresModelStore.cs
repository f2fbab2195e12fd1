using ChatApp.Inference.Errors;
using ChatApp.Inference.Storage;
using Npgsql;

namespace ChatApp.Inference.Models.Stored;

/// <summary>Keeps changes in Postgres, for all gateways that share the schema.</summary>
internal sealed class PostgresModelStore(GatewayStorage storage) : IModelStore
{
    public async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        await using var command = storage.Database.CreateCommand("SELECT version FROM model_version");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<StoredModels> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await storage.Database.OpenConnectionAsync(cancellationToken);
        // One moment for all of the statements.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        return await StoredRows.ReadAsync(connection, isForChange: false, cancellationToken);
    }

    public async Task<StoredOutcome> ChangeAsync(StoredChange change, Func<StoredModels, GatewayError?> judge, CancellationToken cancellationToken)
    {
        await using var connection = await storage.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await StoredRows.ReadAsync(connection, isForChange: true, cancellationToken);
        if (judge(before) is { } refusal)
        {
            return new StoredOutcome(before, refusal);
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        StoredRows.Write(change, batch);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE model_version SET version = version + 1"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new StoredOutcome(before.With(change) with { Version = before.Version + 1 }, null);
    }
}
