using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestration;

/// <summary>Asks a resource's health checks: often until they pass, then now and again.</summary>
internal sealed class HealthPoller(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthyDelay = TimeSpan.FromSeconds(30);

    /// <summary>Reports every round until cancelled; returns at once when the resource has no checks.</summary>
    public async Task PollAsync(IResource resource, Func<ImmutableArray<HealthReportSnapshot>, Task> onReports, CancellationToken cancellationToken)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key).ToHashSet(StringComparer.Ordinal);
        if (keys.Count == 0)
        {
            await onReports([]);
            return;
        }

        var delay = FirstDelay;
        while (!cancellationToken.IsCancellationRequested)
        {
            var reports = await CheckAsync(keys, cancellationToken);
            await onReports(reports);
            var isHealthy = reports.All(report => report.Status == HealthStatus.Healthy);
            await Task.Delay(isHealthy ? HealthyDelay : delay, time, cancellationToken);
            delay = isHealthy ? FirstDelay : TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, delay.Ticks * 3 / 2));
        }
    }

    private async Task<ImmutableArray<HealthReportSnapshot>> CheckAsync(HashSet<string> keys, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), cancellationToken);
        return [.. keys.Select(key => report.Entries.TryGetValue(key, out var entry)
            ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.Message) { LastRunAt = time.GetUtcNow().UtcDateTime }
            : new HealthReportSnapshot(key, HealthStatus.Unhealthy, $"No health check is registered with the key '{key}'.", null))];
    }
}
