using System.Collections.Immutable;
using ChatApp.Inference.Storage;
using Npgsql;

namespace ChatApp.Inference.Metering;

/// <summary>Budgets in the database.</summary>
internal sealed class BudgetStore(GatewayStorage storage)
{
    private const int TimeoutSeconds = 5;

    /// <summary>How many there may be; all of them are in every gateway's memory.</summary>
    public const int Maximum = 10_000;

    /// <summary>Something that is another after every change.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task<(long Count, DateTime Changed)> VersionAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT count(*), coalesce(max(changed_at), 'epoch') FROM budgets");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetDateTime(1));
    }

    /// <summary>All of them.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task<ImmutableDictionary<string, BudgetLimit>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT caller, tokens_per_day, cost_per_day FROM budgets ORDER BY changed_at DESC LIMIT $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Maximum });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var budgets = ImmutableDictionary.CreateBuilder<string, BudgetLimit>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            budgets[reader.GetString(0)] = new BudgetLimit
            {
                TokensPerDay = await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt64(1),
                CostPerDay = await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetDecimal(2),
            };
        }

        return budgets.ToImmutable();
    }

    /// <summary>Stores one; false when there are too many.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task<bool> PutAsync(string caller, BudgetLimit limit, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            INSERT INTO budgets (caller, tokens_per_day, cost_per_day)
            SELECT $1, $2, $3 WHERE (SELECT count(*) FROM budgets) < $4 OR EXISTS (SELECT 1 FROM budgets WHERE caller = $1)
            ON CONFLICT (caller) DO UPDATE
            SET tokens_per_day = excluded.tokens_per_day, cost_per_day = excluded.cost_per_day, changed_at = clock_timestamp()
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = caller });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = (object?)limit.TokensPerDay ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Numeric, Value = (object?)limit.CostPerDay ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Maximum });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Takes one away; false when there was none.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task<bool> DeleteAsync(string caller, CancellationToken cancellationToken)
    {
        await using var command = Command("DELETE FROM budgets WHERE caller = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = caller });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = storage.Database.CreateCommand(sql);
        command.CommandTimeout = TimeoutSeconds;
        return command;
    }
}
