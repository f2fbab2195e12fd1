using Npgsql;

namespace ChatApp.Api.Database;

/// <summary>Migrates while the host already answers health checks, and keeps trying while Postgres is still starting.</summary>
internal sealed partial class MigrationService(
    MigrationRunner runner,
    DatabaseReadiness readiness,
    TimeProvider time,
    ILogger<MigrationService> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

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
        }
    }

    [LoggerMessage(LogLevel.Warning, "Postgres cannot be migrated yet, trying again: {Reason}")]
    private partial void LogUnreachable(string reason);
}
