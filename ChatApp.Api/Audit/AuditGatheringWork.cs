namespace ChatApp.Api.Audit;

/// <summary>Writes what was gathered, once its minute has ended and when the process stops.</summary>
internal sealed partial class AuditGatheringWork(AuditGathering gathering, AuditLog log, TimeProvider time, ILogger<AuditGatheringWork> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(all: true, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteAsync(all: false, stoppingToken);
        }
    }

    private async Task WriteAsync(bool all, CancellationToken cancellationToken)
    {
        var entries = gathering.Take(all);
        try
        {
            await Task.WhenAll(entries.Select(entry => log.WriteAsync(entry, cancellationToken)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogLost(exception, entries.Count);
        }
    }

    [LoggerMessage(LogLevel.Error, "Up to {Count} gathered entries of the audit log could not be written")]
    private partial void LogLost(Exception exception, int count);
}
