using System.Collections.Immutable;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models.Configuration;
using Npgsql;
using NpgsqlTypes;

namespace ChatApp.Inference.Models.Stored;

/// <summary>Engines and models as rows.</summary>
internal static class StoredRows
{
    /// <summary>Reads all. For a change, the version's row is taken first, so that what follows sees what other writers committed.</summary>
    public static async Task<StoredModels> ReadAsync(NpgsqlConnection connection, bool isForChange, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(isForChange ? "SELECT version FROM model_version FOR UPDATE" : "SELECT version FROM model_version", connection);
        var version = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        return new StoredModels(version, await EnginesAsync(connection, cancellationToken), await ModelsAsync(connection, cancellationToken));
    }

    /// <summary>Adds the statements of a change.</summary>
    public static void Write(StoredChange change, NpgsqlBatch batch)
    {
        switch (change)
        {
            case StoredChange.PutEngine(var engine):
                Add(batch, "DELETE FROM engines WHERE lower(name) = lower($1)", engine.Name);
                Add(batch, "INSERT INTO engines (name, kind, address, key_name, concurrency, api_version) VALUES ($1, $2, $3, $4, $5, $6)",
                    engine.Name, engine.Kind.ToString(), engine.Address, engine.KeyName, engine.Concurrency, engine.ApiVersion);
                break;
            case StoredChange.DeleteEngine(var name):
                Add(batch, "DELETE FROM engines WHERE lower(name) = lower($1)", name);
                break;
            case StoredChange.PutModel(var model):
                Add(batch, "DELETE FROM models WHERE name = $1", model.Name);
                Add(batch, "INSERT INTO models (name, cache, auto_small, auto_large, auto_threshold) VALUES ($1, $2, $3, $4, $5)",
                    model.Name, model.Cache, model.Auto?.Small, model.Auto?.Large, model.Auto?.Threshold);
                for (var i = 0; i < model.Targets.Count; i++)
                {
                    Write(model, model.Targets[i], i, batch);
                }

                break;
            case StoredChange.DeleteModel(var name):
                Add(batch, "DELETE FROM models WHERE name = $1", name);
                break;
        }
    }

    private static void Write(ModelOptions model, TargetOptions target, int position, NpgsqlBatch batch) => Add(
        batch,
        """
        INSERT INTO model_targets (model, position, engine, target_model, priority, input_price, cached_input_price, output_price, context_tokens, capabilities)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        model.Name, position, target.Engine, target.Model ?? model.Name, target.Priority,
        target.InputPrice, target.CachedInputPrice, target.OutputPrice, target.ContextTokens, (int)target.Capabilities);

    private static void Add(NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            // A null says nothing of its type; Postgres then takes the column's.
            command.Parameters.Add(value is null
                ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown }
                : new NpgsqlParameter { Value = value });
        }

        batch.BatchCommands.Add(command);
    }

    private static async Task<ImmutableArray<EngineOptions>> EnginesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT name, kind, address, key_name, concurrency, api_version FROM engines ORDER BY lower(name)", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var engines = ImmutableArray.CreateBuilder<EngineOptions>();
        while (await rows.ReadAsync(cancellationToken))
        {
            engines.Add(new EngineOptions
            {
                Name = rows.GetString(0),
                // A kind that only a newer build knows is no defined one; the engine is then passed over.
                Kind = Enum.TryParse<EngineKind>(rows.GetString(1), out var kind) ? kind : (EngineKind)(-1),
                Address = rows.GetString(2),
                KeyName = rows.IsDBNull(3) ? null : rows.GetString(3),
                Concurrency = rows.IsDBNull(4) ? null : rows.GetInt32(4),
                ApiVersion = rows.IsDBNull(5) ? null : rows.GetString(5),
                IsStored = true,
            });
        }

        return engines.ToImmutable();
    }

    private static async Task<ImmutableArray<ModelOptions>> ModelsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT m.name, m.cache, m.auto_small, m.auto_large, m.auto_threshold,
                   t.engine, t.target_model, t.priority, t.input_price, t.cached_input_price, t.output_price, t.context_tokens, t.capabilities
            FROM models m LEFT JOIN model_targets t ON t.model = m.name
            ORDER BY m.name, t.position
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var models = ImmutableArray.CreateBuilder<ModelOptions>();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (models.Count == 0 || models[^1].Name != rows.GetString(0))
            {
                models.Add(new ModelOptions
                {
                    Name = rows.GetString(0),
                    Cache = rows.GetBoolean(1),
                    Auto = rows.IsDBNull(2) ? null : new AutoOptions { Small = rows.GetString(2), Large = rows.GetString(3), Threshold = rows.GetDouble(4) },
                });
            }

            if (!rows.IsDBNull(5))
            {
                models[^1].Targets.Add(new TargetOptions
                {
                    Engine = rows.GetString(5),
                    Model = rows.GetString(6),
                    Priority = rows.GetInt32(7),
                    InputPrice = rows.IsDBNull(8) ? null : rows.GetDecimal(8),
                    CachedInputPrice = rows.IsDBNull(9) ? null : rows.GetDecimal(9),
                    OutputPrice = rows.IsDBNull(10) ? null : rows.GetDecimal(10),
                    ContextTokens = rows.IsDBNull(11) ? null : rows.GetInt32(11),
                    Capabilities = (ModelCapabilities)rows.GetInt32(12),
                });
            }
        }

        return models.ToImmutable();
    }
}
