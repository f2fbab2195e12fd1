using Npgsql;

namespace ChatApp.Api.Background;

/// <summary>
/// Work that is done behind people's backs, in passes. What is to be done stands in Postgres, so nothing is lost with a process, and any
/// process that has the role may do it: a pass claims its work, does a bounded part of it, and says how much that was.
/// </summary>
internal abstract partial class DurableWork(DatabaseReadiness database, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _woken = new(0, 1);

    /// <summary>How long nothing is looked for after a pass found nothing.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Has the next pass begin now.</summary>
    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _woken.Dispose();
        base.Dispose();
    }

    /// <summary>Does a bounded part of what there is.</summary>
    /// <returns>How many pieces of work were done; 0 when there are none at the moment.</returns>
    protected abstract Task<int> PassAsync(CancellationToken stoppingToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var done = await PassAsync(stoppingToken);
                failures = 0;
                if (done == 0)
                {
                    await WaitAsync(Interval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A pass that fails is made again, less and less often: what it was about stands in Postgres still.
                failures++;
                if (exception is NpgsqlException)
                {
                    LogAway(GetType().Name, exception.Message);
                }
                else
                {
                    LogFailed(exception, GetType().Name);
                }

                var delay = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 6)));
                await Task.Delay(delay < LongestDelay ? delay : LongestDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(TimeSpan interval, CancellationToken stoppingToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_woken.WaitAsync(waiting.Token), Task.Delay(interval, time, waiting.Token));
        await waiting.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(LogLevel.Warning, "{Work} could not reach the database and will try again: {Reason}")]
    private partial void LogAway(string work, string reason);

    [LoggerMessage(LogLevel.Error, "{Work} failed and will try again")]
    private partial void LogFailed(Exception exception, string work);
}
