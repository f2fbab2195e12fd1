using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ChatApp.ServiceDefaults.Telemetry;

/// <summary>
/// Sends the last telemetry when everything else has stopped, and does not wait long for a collector that is not there:
/// left to their disposal, the three providers take five seconds each, one after the other.
/// </summary>
internal sealed class TelemetryShutdown(IServiceProvider services) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var milliseconds = (int)Patience.TotalMilliseconds;
        var last = Task.WhenAll(
            Begin(() => services.GetService<LoggerProvider>()?.Shutdown(milliseconds)),
            Begin(() => services.GetService<TracerProvider>()?.Shutdown(milliseconds)),
            Begin(() => services.GetService<MeterProvider>()?.Shutdown(milliseconds)));

        // A provider shares its patience among its parts, and a part may take a little longer than its own.
        await last.WaitAsync(Patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Each blocks its thread, and the pool may have none to spare at this moment.
    private static Task Begin(Action shutdown) =>
        Task.Factory.StartNew(shutdown, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
