using ChatApp.Inference.Storage;
using Npgsql;

namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>Notes pulls in Postgres, for all gateways that share the schema. One whose process says nothing for a while has failed.</summary>
internal sealed class PostgresPullStore(GatewayStorage storage) : IPullStore
{
    private const string Columns = "id, engine, model, status, detail, completed, total, started_at, ended_at, error";
    private const string Lost = "The gateway that ran it is gone. Begin it again: it goes on where it stopped.";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    // Old ones go when new ones come.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    public async Task<Pull?> BeginAsync(Pull pull, CancellationToken cancellationToken)
    {
        await EndLostAsync(cancellationToken);
        while (true)
        {
            await using var insert = Command(
                """
                WITH forgotten AS (DELETE FROM pulls WHERE started_at < $6)
                INSERT INTO pulls (id, engine, model, status, detail, started_at, seen_at) VALUES ($1, $2, $3, $4, $5, $7, now())
                ON CONFLICT (engine, model) WHERE ended_at IS NULL DO NOTHING
                """,
                pull.Id, pull.Engine, pull.Model, pull.Status, pull.Detail, (pull.StartedAt - Remembered).UtcDateTime, pull.StartedAt.UtcDateTime);
            if (await insert.ExecuteNonQueryAsync(cancellationToken) > 0)
            {
                return null;
            }

            await using var select = Command($"SELECT {Columns} FROM pulls WHERE engine = $1 AND model = $2 AND ended_at IS NULL", pull.Engine, pull.Model);
            if (await ReadAsync(select, cancellationToken) is [var running, ..])
            {
                return running;
            }

            // It ended just now.
        }
    }

    public async Task<bool> SaveAsync(Pull pull, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            UPDATE pulls SET status = $2, detail = $3, completed = $4, total = $5, ended_at = $6, error = $7, seen_at = now()
            WHERE id = $1 RETURNING is_cancelled
            """,
            pull.Id, pull.Status, pull.Detail, pull.Completed, pull.Total, pull.EndedAt?.UtcDateTime, pull.Error);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async Task<List<Pull>> ListAsync(CancellationToken cancellationToken)
    {
        await EndLostAsync(cancellationToken);
        await using var command = Command($"SELECT {Columns} FROM pulls ORDER BY started_at DESC LIMIT 50");
        return await ReadAsync(command, cancellationToken);
    }

    public async Task<Pull?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await EndLostAsync(cancellationToken);
        await using var command = Command($"SELECT {Columns} FROM pulls WHERE id = $1", id);
        return await ReadAsync(command, cancellationToken) is [var pull, ..] ? pull : null;
    }

    public async Task CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command("UPDATE pulls SET is_cancelled = true WHERE id = $1 AND ended_at IS NULL", id);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<Pull>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var pulls = new List<Pull>();
        while (await rows.ReadAsync(cancellationToken))
        {
            pulls.Add(new Pull(
                rows.GetGuid(0),
                rows.GetString(1),
                rows.GetString(2),
                rows.GetString(3),
                rows.GetString(4),
                rows.GetInt64(5),
                rows.GetInt64(6),
                rows.GetFieldValue<DateTimeOffset>(7),
                rows.IsDBNull(8) ? null : rows.GetFieldValue<DateTimeOffset>(8),
                rows.IsDBNull(9) ? null : rows.GetString(9)));
        }

        return pulls;
    }

    private async Task EndLostAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            "UPDATE pulls SET status = 'failed', error = $1, ended_at = now() WHERE ended_at IS NULL AND seen_at < now() - $2", Lost, Silence);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = storage.Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is null
                ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Unknown }
                : new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
