using ChatApp.Inference.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Inference.Metering;

/// <summary>
/// Writes what the ledger has summed to the database about every second and at shutdown, and reads what callers with budgets used in all
/// gateways. While the database is away the ledger goes on summing. What a process that is killed had not written is lost: about a second's
/// calls, or all since the database went away.
/// </summary>
internal sealed partial class UsageWriter(
    UsageLedger ledger,
    BudgetAccounts accounts,
    BudgetBook book,
    UsageStore store,
    GatewayStorage storage,
    IOptions<MeteringOptions> options,
    TimeProvider time,
    ILogger<UsageWriter> logger) : BackgroundService
{
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _writing = new(1);
    private UsageBatch? _unwritten;
    private long? _sweptAt;
    private long? _forgotAt;
    private bool _isAway;

    /// <summary>What is not in the database: the ledger's sums, and a batch of which that is not known.</summary>
    public List<UsageRow> ReadUnwritten() => [.. Volatile.Read(ref _unwritten)?.Rows ?? [], .. ledger.Read()];

    /// <summary>Writes what there is; false when the database is away.</summary>
    public async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        if (!storage.IsReady)
        {
            return false;
        }

        await _writing.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await WriteLockedAsync(limit.Token);
            if (_isAway)
            {
                _isAway = false;
                LogBack(logger);
            }

            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!_isAway)
            {
                _isAway = true;
                LogAway(logger, exception.Message);
            }

            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The server has stopped before, so that no call adds any more.
        await base.StopAsync(cancellationToken);
        using var limit = new CancellationTokenSource(LastPatience, time);
        try
        {
            if (storage.IsConfigured && !await WriteAsync(limit.Token) && ReadUnwritten() is { Count: > 0 } lost)
            {
                LogLost(logger, lost.Sum(static row => row.Amounts.Requests));
            }
        }
        catch (OperationCanceledException)
        {
            LogLost(logger, ReadUnwritten().Sum(static row => row.Amounts.Requests));
        }
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.FlushInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteAsync(stoppingToken);
            await ForgetAsync(stoppingToken);
        }
    }

    private async Task WriteLockedAsync(CancellationToken cancellationToken)
    {
        var today = Today();
        var followed = Followed(today);
        _unwritten ??= ledger.Take();
        if (_unwritten is null && followed is [])
        {
            return;
        }

        var totals = await store.AddAsync(_unwritten, today, [.. followed.Select(static account => account.Caller)], cancellationToken);
        foreach (var row in _unwritten?.Rows ?? [])
        {
            // Under this name are others' calls too, which their own accounts have.
            if (row.Key.Caller != UsageLedger.OtherCallers)
            {
                accounts.Find(row.Key.Day, row.Key.Caller)?.Written(new BudgetUse(row.Amounts.Tokens, row.Amounts.Cost));
            }
        }

        Volatile.Write(ref _unwritten, null);
        var now = time.GetTimestamp();
        foreach (var account in followed)
        {
            account.Read(totals.GetValueOrDefault(account.Caller), now);
        }
    }

    private List<BudgetAccount> Followed(DateOnly today)
    {
        var followed = accounts.AskedFor(today, BudgetReader.Followed);
        followed.RemoveAll(account => account.Caller == UsageLedger.OtherCallers || !book.Of(account.Caller).IsLimited);
        return followed;
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (IsDue(ref _sweptAt, SweepInterval))
        {
            accounts.Sweep(Today());
        }

        if (!IsDue(ref _forgotAt, ForgetInterval))
        {
            return;
        }

        var oldest = Today().AddDays(1 - options.Value.RetentionDays);
        try
        {
            if (!storage.IsConfigured)
            {
                ledger.Forget(oldest);
            }
            else if (storage.IsReady)
            {
                await store.ForgetAsync(oldest, cancellationToken);
            }
            else
            {
                _forgotAt = null;
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            // In an hour again; nothing depends on it.
            LogNotForgotten(logger, exception.Message);
        }
    }

    private bool IsDue(ref long? last, TimeSpan interval)
    {
        var now = time.GetTimestamp();
        if (last is { } at && time.GetElapsedTime(at, now) < interval)
        {
            return false;
        }

        last = now;
        return true;
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    [LoggerMessage(LogLevel.Warning, "Usage cannot be written now; it is kept in memory, and written when Postgres is back: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Usage is written again; nothing was lost.")]
    private static partial void LogBack(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Usage of {Requests} calls could not be written before the process ended, and is lost.")]
    private static partial void LogLost(ILogger logger, long requests);

    [LoggerMessage(LogLevel.Warning, "Old usage could not be deleted: {Reason}")]
    private static partial void LogNotForgotten(ILogger logger, string reason);
}
