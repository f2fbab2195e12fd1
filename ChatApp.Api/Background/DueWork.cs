using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Background;

/// <summary>
/// Work of which each piece stands in a table with <c>failures</c>, <c>run_after</c> and <c>requested_at</c>. A piece is claimed by putting
/// it off, so whatever becomes of its process it is found again, and it is given up after three attempts.
/// </summary>
/// <typeparam name="TDue">A piece of work.</typeparam>
internal abstract partial class DueWork<TDue>(NpgsqlDataSource database, DatabaseReadiness readiness, TimeProvider time, ILogger logger)
    : DurableWork(readiness, time, logger)
    where TDue : Due
{
    private const int MaxFailures = 3;

    private readonly ILogger _logger = logger;

    /// <summary>The statement that claims one piece: <c>RETURNING</c> what <typeparamref name="TDue"/> has. An attempt counts until it is taken back.</summary>
    protected abstract string Claim { get; }

    /// <summary>The statement that drops a piece for good.</summary>
    protected abstract string Drop { get; }

    /// <summary>The statement that has it done again after <c>@delay</c>, with the attempt counted, or with <c>@failures</c> taken back.</summary>
    protected abstract string Again { get; }

    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    /// <summary>Does a piece.</summary>
    protected abstract Task<DueOutcome> DoAsync(TDue due, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        if (await database.FirstOrDefaultAsync<TDue>(Claim, null, stoppingToken) is not { } due)
        {
            return 0;
        }

        if (due.Failures > MaxFailures)
        {
            // Its last attempt ended its process.
            await DropAsync(due);
            return 1;
        }

        try
        {
            switch (await DoAsync(due, stoppingToken))
            {
                case DueOutcome.Done:
                    await DropAsync(due);
                    return 1;
                case DueOutcome.More:
                    await AgainAsync(due, 0, TimeSpan.Zero);
                    return 1;
                default:
                    await AgainAsync(due, due.Failures - 1, TimeSpan.FromSeconds(5));
                    return 0;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await AgainAsync(due, due.Failures - 1, TimeSpan.Zero);
            throw;
        }
        catch (Exception exception) when (exception is not NpgsqlException)
        {
            LogFailed(exception, GetType().Name, due.Failures);
            await (due.Failures >= MaxFailures ? DropAsync(due) : AgainAsync(due, due.Failures, TimeSpan.FromSeconds(15 * Math.Pow(4, due.Failures - 1))));
            return 1;
        }
    }

    private Task<int> DropAsync(TDue due) => database.ExecuteAsync(Drop, due, CancellationToken.None);

    private Task<int> AgainAsync(TDue due, int failures, TimeSpan delay) =>
        database.ExecuteAsync(Again, new { due.Id, due.Wish, failures, delay }, CancellationToken.None);

    [LoggerMessage(LogLevel.Warning, "{Work} failed at attempt {Attempt}; after the third it is given up")]
    private partial void LogFailed(Exception exception, string work, int attempt);
}
