using ChatApp.Inference.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Inference.Metering;

/// <summary>Brings budgets that were stored through another gateway into this one's book, within a few seconds.</summary>
internal sealed partial class BudgetFollowing(
    GatewayStorage storage, BudgetStore store, BudgetBook book, IOptions<MeteringOptions> options, TimeProvider time, ILogger<BudgetFollowing> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!storage.IsConfigured)
        {
            return;
        }

        await storage.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.BudgetInterval, time);
        (long, DateTime)? known = null;
        var isAway = false;
        do
        {
            try
            {
                var version = await store.VersionAsync(stoppingToken);
                if (known != version)
                {
                    book.Load(await store.LoadAsync(stoppingToken));
                    known = version;
                }

                isAway = false;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                if (!isAway)
                {
                    LogAway(logger, exception.Message);
                }

                isAway = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Budgets cannot be read now; those known stay in force: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
