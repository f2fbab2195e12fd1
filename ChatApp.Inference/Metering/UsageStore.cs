using ChatApp.Inference.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ChatApp.Inference.Metering;

/// <summary>Usage in the database. Every command has a timeout of a few seconds.</summary>
internal sealed class UsageStore(GatewayStorage storage)
{
    private const int TimeoutSeconds = 5;

    private const string Amounts =
        "requests, failed, cached, estimated, input_tokens, cached_input_tokens, output_tokens, cost, queued_ms, first_tokens, first_token_ms";

    private const string Columns = $"day, caller, model, engine, target_model, {Amounts}";

    private const string AddUp = """
        requests = known.requests + excluded.requests,
        failed = known.failed + excluded.failed,
        cached = known.cached + excluded.cached,
        estimated = known.estimated + excluded.estimated,
        input_tokens = known.input_tokens + excluded.input_tokens,
        cached_input_tokens = known.cached_input_tokens + excluded.cached_input_tokens,
        output_tokens = known.output_tokens + excluded.output_tokens,
        cost = known.cost + excluded.cost,
        queued_ms = known.queued_ms + excluded.queued_ms,
        first_tokens = known.first_tokens + excluded.first_tokens,
        first_token_ms = known.first_token_ms + excluded.first_token_ms
        """;

    /// <summary>
    /// Adds a batch and reads the totals of callers, in one transaction: after an error nothing of the batch was added, or all of it
    /// was, and trying again with the same batch adds it once.
    /// </summary>
    /// <param name="batch">What is added; null to read only.</param>
    /// <param name="day">The day of the totals.</param>
    /// <param name="callers">Whose totals are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task<Dictionary<string, BudgetUse>> AddAsync(UsageBatch? batch, DateOnly day, string[] callers, CancellationToken cancellationToken)
    {
        await using var connection = await storage.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (batch is not null && await IsNewAsync(connection, batch.Id, cancellationToken))
        {
            await AddAsync(connection, batch, cancellationToken);
        }

        var totals = await TotalsAsync(connection, day, callers, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return totals;
    }

    /// <summary>What a caller used on a day, by what was written so far.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task<BudgetUse> TotalAsync(DateOnly day, string caller, CancellationToken cancellationToken)
    {
        await using var connection = await storage.Database.OpenConnectionAsync(cancellationToken);
        var totals = await TotalsAsync(connection, day, [caller], cancellationToken);
        return totals.GetValueOrDefault(caller);
    }

    /// <summary>Deletes days before this one, and what is remembered of batches that nobody will try again.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task ForgetAsync(DateOnly oldest, CancellationToken cancellationToken)
    {
        await using var command = storage.Database.CreateCommand("""
            WITH days AS (DELETE FROM usage WHERE day < $1)
            DELETE FROM usage_batches WHERE added_at < now() - interval '7 days'
            """);
        command.CommandTimeout = 60;
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = oldest });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Puts a caller's usage under <see cref="UsageLedger.DeletedCallers"/>, where its amounts stay without a name.</summary>
    /// <exception cref="NpgsqlException">The database is away or refuses.</exception>
    public async Task ForgetAsync(string caller, CancellationToken cancellationToken)
    {
        await using var command = storage.Database.CreateCommand($"""
            WITH gone AS (DELETE FROM usage WHERE caller = $1 RETURNING *)
            INSERT INTO usage AS known ({Columns})
            SELECT day, $2, model, engine, target_model, {Amounts} FROM gone ORDER BY day, model, engine, target_model
            ON CONFLICT (day, caller, model, engine, target_model) DO UPDATE SET {AddUp}
            """);
        command.CommandTimeout = 60;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = caller });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = UsageLedger.DeletedCallers });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> IsNewAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "INSERT INTO usage_batches (id) VALUES ($1) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task AddAsync(NpgsqlConnection connection, UsageBatch batch, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"""
            INSERT INTO usage AS known ({Columns})
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT (day, caller, model, engine, target_model) DO UPDATE SET {AddUp}
            """);

        // Gateways that add to the same rows take them in the same order, so that none waits for another in a circle.
        var rows = batch.Rows.OrderBy(static row => row.Key, UsageKeyOrder.Instance).ToList();
        Add(command, NpgsqlDbType.Date, rows, static row => row.Key.Day);
        Add(command, NpgsqlDbType.Text, rows, static row => row.Key.Caller);
        Add(command, NpgsqlDbType.Text, rows, static row => row.Key.Model);
        Add(command, NpgsqlDbType.Text, rows, static row => row.Key.Engine);
        Add(command, NpgsqlDbType.Text, rows, static row => row.Key.TargetModel);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.Requests);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.Failed);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.Cached);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.Estimated);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.InputTokens);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.CachedInputTokens);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.OutputTokens);
        Add(command, NpgsqlDbType.Numeric, rows, static row => row.Amounts.Cost);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.QueuedMilliseconds);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.FirstTokens);
        Add(command, NpgsqlDbType.Bigint, rows, static row => row.Amounts.FirstTokenMilliseconds);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, List<UsageRow> rows, Func<UsageRow, T> value) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. rows.Select(value)] });

    private static async Task<Dictionary<string, BudgetUse>> TotalsAsync(NpgsqlConnection connection, DateOnly day, string[] callers, CancellationToken cancellationToken)
    {
        var totals = new Dictionary<string, BudgetUse>(callers.Length, StringComparer.Ordinal);
        if (callers is [])
        {
            return totals;
        }

        await using var command = Command(connection, """
            SELECT caller, sum(input_tokens + output_tokens)::bigint, sum(cost)
            FROM usage WHERE day = $1 AND caller = ANY($2) GROUP BY caller
            """);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = callers });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            totals.Add(reader.GetString(0), new BudgetUse(reader.GetInt64(1), reader.GetDecimal(2)));
        }

        return totals;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = TimeoutSeconds };
}
