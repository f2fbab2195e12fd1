using Microsoft.Extensions.Logging;
using Npgsql;

namespace ChatApp.ServiceDefaults.Database;

/// <summary>
/// Brings the database to the version of this build. Any number of processes may start at once: one applies, the others
/// wait for its advisory lock and find nothing left to do.
/// </summary>
/// <param name="dataSource">The database.</param>
/// <param name="set">What the service needs.</param>
/// <param name="logger">Told what was applied.</param>
public sealed partial class MigrationRunner(NpgsqlDataSource dataSource, MigrationSet set, ILogger<MigrationRunner> logger)
{
    // A schema's name is the service's own constant, never input.
    private readonly string _table = set.Schema is null ? "schema_migrations" : $"{set.Schema}.schema_migrations";

    /// <summary>Applies what is missing of the service's migrations, and returns how many that were.</summary>
    /// <exception cref="MigrationException">An applied migration was changed afterwards.</exception>
    public Task<int> ApplyAsync(CancellationToken cancellationToken) => ApplyAsync(set.Migrations, cancellationToken);

    /// <summary>Applies what is missing, each in its own transaction, and returns how many that were.</summary>
    /// <exception cref="MigrationException">An applied migration was changed afterwards.</exception>
    public async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (Missing(migrations, await AppliedAsync(connection, cancellationToken)).Count == 0)
        {
            return 0;
        }

        await ExecuteAsync(connection, "SELECT pg_advisory_lock($1)", [set.AdvisoryLock], cancellationToken);
        try
        {
            if (set.Schema is { } schema)
            {
                await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {schema}", [], cancellationToken);
            }

            await ExecuteAsync(connection, $"""
                CREATE TABLE IF NOT EXISTS {_table} (
                    version    integer     PRIMARY KEY,
                    name       text        NOT NULL,
                    checksum   text        NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """, [], cancellationToken);

            // Read again under the lock: another process may have been faster.
            var missing = Missing(migrations, await AppliedAsync(connection, cancellationToken));
            foreach (var migration in missing)
            {
                await ApplyAsync(connection, migration, cancellationToken);
            }

            return missing.Count;
        }
        finally
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock($1)", [set.AdvisoryLock], CancellationToken.None);
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (set.Schema is { } schema)
        {
            // Until the transaction's end.
            await ExecuteAsync(connection, "SELECT set_config('search_path', $1, true)", [schema], cancellationToken);
        }

        await using (var command = new NpgsqlCommand(migration.Sql, connection, transaction))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(
            connection,
            $"INSERT INTO {_table} (version, name, checksum) VALUES ($1, $2, $3)",
            [migration.Version, migration.Name, migration.Checksum],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogApplied(migration.Name);
    }

    private async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var exists = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = _table } } })
        {
            if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return [];
            }
        }

        await using var command = new NpgsqlCommand($"SELECT version, checksum FROM {_table}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static List<Migration> Missing(IReadOnlyList<Migration> migrations, Dictionary<int, string> applied)
    {
        foreach (var migration in migrations)
        {
            if (applied.TryGetValue(migration.Version, out var checksum) && checksum != migration.Checksum)
            {
                throw new MigrationException(
                    $"Migration {migration.Name} was applied with checksum {checksum} but this build holds {migration.Checksum}. "
                    + "An applied migration is never edited: restore the file and put the change into a new one.");
            }
        }

        // A newer database is fine while a rolling deploy has both versions running: migrations only add.
        return [.. migrations.Where(m => !applied.ContainsKey(m.Version))];
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Applied migration {Name}")]
    private partial void LogApplied(string name);
}
