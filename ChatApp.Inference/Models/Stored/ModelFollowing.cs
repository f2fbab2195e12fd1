using ChatApp.Inference.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Inference.Models.Stored;

/// <summary>Asks every few seconds whether another gateway changed the models. While Postgres is away, what was last read holds.</summary>
internal sealed partial class ModelFollowing(
    IModelStore store, GatewayStorage storage, ModelDirectory directory, IOptions<StorageOptions> options, TimeProvider time, ILogger<ModelFollowing> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!storage.IsConfigured)
        {
            return;
        }

        await storage.WaitAsync(stoppingToken);
        var isAway = false;
        while (true)
        {
            try
            {
                if (await store.VersionAsync(stoppingToken) != directory.Current.Version)
                {
                    directory.Apply(await store.ReadAsync(stoppingToken));
                }

                isAway = false;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException or InvalidCastException)
            {
                if (!isAway)
                {
                    LogAway(exception.Message);
                }

                isAway = true;
            }

            await Task.Delay(options.Value.PollInterval, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The stored models cannot be read; those that were read last hold on: {Reason}")]
    private partial void LogAway(string reason);
}
