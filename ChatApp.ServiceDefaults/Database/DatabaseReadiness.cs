using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatApp.ServiceDefaults.Database;

/// <summary>Whether the migrations of this build are in place. Nothing reads or writes before that.</summary>
public sealed class DatabaseReadiness : IHealthCheck
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether they are.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Says that they are.</summary>
    public void SetReady() => _ready.TrySetResult();

    /// <summary>Waits until they are.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        // Unhealthy, unless the check was registered as one that a service can do without.
        Task.FromResult(IsReady ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "The database is not migrated yet."));
}
