using ChatApp.Api.Turns.Events;
using Npgsql;
using StackExchange.Redis;

namespace ChatApp.Api.Accounts.Access;

/// <summary>Has this process see within two seconds what no longer counts, and at once where Redis is there.</summary>
internal sealed partial class AccessFollowing(
    AccessCutoffs cutoffs, IConnectionMultiplexer redis, DatabaseReadiness database, TimeProvider time, ILogger<AccessFollowing> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _told = new(0, 1);

    public override void Dispose()
    {
        _told.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        await redis.TrySubscribeAsync(AccessCutoffs.Channel, (_, _) => LookNow());
        var isAway = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await cutoffs.LookAsync(stoppingToken);
                isAway = false;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // What was known stays known, and nothing can be taken back while Postgres is away. The pace stays the same.
                if (!isAway)
                {
                    LogAway(exception.Message);
                }

                isAway = true;
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_told.WaitAsync(waiting.Token), Task.Delay(Interval, time, waiting.Token));
        await waiting.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private void LookNow()
    {
        try
        {
            _told.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is looking already, or never will again.
        }
    }

    [LoggerMessage(LogLevel.Warning, "What no longer counts of sessions and keys cannot be read at the moment: {Reason}")]
    private partial void LogAway(string reason);
}
