using ChatApp.Inference.Storage;
using Npgsql;

namespace ChatApp.Inference.Metering;

/// <summary>Usage added up over days: of all gateways from the database, else of this one's memory.</summary>
internal sealed class UsageReport(GatewayStorage storage, UsageWriter writer)
{
    private const int TimeoutSeconds = 30;

    /// <summary>Reads it, newest days first, then what was called most.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="by">What is told apart.</param>
    /// <param name="limit">How many lines at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task<List<UsageLine>> ReadAsync(DateOnly from, DateOnly to, UsageGrouping by, int limit, CancellationToken cancellationToken)
    {
        if (!storage.IsConfigured)
        {
            return FromMemory(from, to, by, limit);
        }

        if (!storage.IsReady)
        {
            throw new NpgsqlException("The database has not been reached yet.");
        }

        // What this gateway has not written yet would be missing.
        await writer.WriteAsync(cancellationToken);
        return await FromDatabaseAsync(from, to, by, limit, cancellationToken);
    }

    private List<UsageLine> FromMemory(DateOnly from, DateOnly to, UsageGrouping by, int limit) =>
    [
        .. writer.ReadUnwritten()
            .Where(row => row.Key.Day >= from && row.Key.Day <= to)
            .GroupBy(row => (
                Day: by.HasFlag(UsageGrouping.Day) ? row.Key.Day : (DateOnly?)null,
                Model: by.HasFlag(UsageGrouping.Model) ? row.Key.Model : null,
                Engine: by.HasFlag(UsageGrouping.Engine) ? row.Key.Engine : null,
                Caller: by.HasFlag(UsageGrouping.Caller) ? row.Key.Caller : null))
            .Select(static group => new UsageLine(
                group.Key.Day, group.Key.Model, group.Key.Engine, group.Key.Caller, group.Aggregate(default(UsageAmounts), static (sum, row) => sum + row.Amounts)))
            .OrderByDescending(static line => line.Day)
            .ThenByDescending(static line => line.Amounts.Requests)
            .Take(limit),
    ];

    private async Task<List<UsageLine>> FromDatabaseAsync(DateOnly from, DateOnly to, UsageGrouping by, int limit, CancellationToken cancellationToken)
    {
        // The same statement for every grouping: what is not told apart is null throughout.
        await using var command = storage.Database.CreateCommand("""
            SELECT CASE WHEN $3 THEN day END AS by_day, CASE WHEN $4 THEN model END AS by_model,
                CASE WHEN $5 THEN engine END AS by_engine, CASE WHEN $6 THEN caller END AS by_caller,
                sum(requests)::bigint AS calls, sum(failed)::bigint, sum(cached)::bigint, sum(estimated)::bigint,
                sum(input_tokens)::bigint, sum(cached_input_tokens)::bigint, sum(output_tokens)::bigint, sum(cost),
                sum(queued_ms)::bigint, sum(first_tokens)::bigint, sum(first_token_ms)::bigint
            FROM usage WHERE day BETWEEN $1 AND $2
            GROUP BY by_day, by_model, by_engine, by_caller
            ORDER BY by_day DESC, calls DESC
            LIMIT $7
            """);
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = to });
        foreach (var part in new[] { UsageGrouping.Day, UsageGrouping.Model, UsageGrouping.Engine, UsageGrouping.Caller })
        {
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = by.HasFlag(part) });
        }

        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<UsageLine>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(Line(reader));
        }

        return lines;
    }

    private static UsageLine Line(NpgsqlDataReader reader) => new(
        reader.IsDBNull(0) ? null : reader.GetFieldValue<DateOnly>(0),
        reader.IsDBNull(1) ? null : reader.GetString(1),
        reader.IsDBNull(2) ? null : reader.GetString(2),
        reader.IsDBNull(3) ? null : reader.GetString(3),
        new UsageAmounts
        {
            Requests = reader.GetInt64(4),
            Failed = reader.GetInt64(5),
            Cached = reader.GetInt64(6),
            Estimated = reader.GetInt64(7),
            InputTokens = reader.GetInt64(8),
            CachedInputTokens = reader.GetInt64(9),
            OutputTokens = reader.GetInt64(10),
            Cost = reader.GetDecimal(11),
            QueuedMilliseconds = reader.GetInt64(12),
            FirstTokens = reader.GetInt64(13),
            FirstTokenMilliseconds = reader.GetInt64(14),
        });
}
