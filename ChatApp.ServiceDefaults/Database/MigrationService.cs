using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ChatApp.ServiceDefaults.Database;

/// <summary>Migrates while the host already answers health checks, and keeps trying while Postgres is still starting.</summary>
internal sealed partial class MigrationService(
    MigrationRunner runner,
    MigrationSet set,
    DatabaseReadiness readiness,
    TimeProvider time,
    ILogger<MigrationService> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RepairDelay = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await runner.ApplyAsync(stoppingToken);
                readiness.SetReady();
                return;
            }
            catch (NpgsqlException exception) when (exception is not PostgresException { IsTransient: false })
            {
                LogUnreachable(exception.Message);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
            catch (Exception exception) when (!set.IsRequired && exception is not OperationCanceledException)
            {
                LogRefused(exception.Message);
                await Task.Delay(RepairDelay, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Postgres cannot be migrated yet, trying again: {Reason}")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(LogLevel.Error, "Postgres cannot be migrated; the service goes on without it and tries again: {Reason}")]
    private partial void LogRefused(string reason);
}
