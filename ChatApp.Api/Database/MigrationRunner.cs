using Dapper;
using Npgsql;

namespace ChatApp.Api.Database;

/// <summary>
/// Brings the database to the version of this build. Any number of processes may start at once: one applies, the others
/// wait for its advisory lock and find nothing left to do.
/// </summary>
internal sealed partial class MigrationRunner(NpgsqlDataSource dataSource, ILogger<MigrationRunner> logger)
{
    private const long AdvisoryLock = 0x43_68_61_74_41_70_70; // "ChatApp"

    public Task<int> ApplyAsync(CancellationToken cancellationToken) => ApplyAsync(Migration.Embedded, cancellationToken);

    /// <summary>Applies what is missing, each in its own transaction, and returns how many that were.</summary>
    /// <exception cref="MigrationException">An applied migration was changed afterwards.</exception>
    public async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (Missing(migrations, await AppliedAsync(connection, cancellationToken)).Count == 0)
        {
            return 0;
        }

        await ExecuteAsync(connection, "SELECT pg_advisory_lock(@AdvisoryLock)", new { AdvisoryLock }, cancellationToken);
        try
        {
            await ExecuteAsync(connection, """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    version    integer     PRIMARY KEY,
                    name       text        NOT NULL,
                    checksum   text        NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """, null, cancellationToken);

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
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock(@AdvisoryLock)", new { AdvisoryLock }, CancellationToken.None);
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(migration.Sql, connection, transaction))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(
            connection,
            "INSERT INTO schema_migrations (version, name, checksum) VALUES (@Version, @Name, @Checksum)",
            new { migration.Version, migration.Name, migration.Checksum },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogApplied(migration.Name);
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var exists = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT to_regclass('schema_migrations') IS NOT NULL", cancellationToken: cancellationToken));
        if (!exists)
        {
            return [];
        }

        var rows = await connection.QueryAsync<(int Version, string Checksum)>(new CommandDefinition(
            "SELECT version, checksum FROM schema_migrations", cancellationToken: cancellationToken));
        return rows.ToDictionary(static r => r.Version, static r => r.Checksum);
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

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, object? parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));

    [LoggerMessage(LogLevel.Information, "Applied migration {Name}")]
    private partial void LogApplied(string name);
}
