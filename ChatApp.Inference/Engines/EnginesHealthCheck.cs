using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatApp.Inference.Engines;

/// <summary>Healthy with every engine ready, degraded with some, unhealthy with none.</summary>
internal sealed class EnginesHealthCheck(EngineReadiness readiness) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var states = await readiness.GetAsync(cancellationToken);
        var waiting = states.Where(s => !s.Value.IsReady).Select(s => $"{s.Key} {s.Value.Message}").ToList();
        if (waiting.Count == 0)
        {
            return HealthCheckResult.Healthy();
        }

        var description = string.Join(' ', waiting);
        return waiting.Count < states.Count
            ? HealthCheckResult.Degraded(description)
            : HealthCheckResult.Unhealthy(description);
    }
}
