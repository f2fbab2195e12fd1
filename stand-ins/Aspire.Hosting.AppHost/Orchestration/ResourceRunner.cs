using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Orchestration;

/// <summary>One resource's life: it waits, starts, becomes healthy and ends.</summary>
internal sealed class ResourceRunner(IResource resource, RunnerServices services, ProcessMonitor monitor, Action<ResourceRunner, CustomResourceSnapshot> onEnded)
{
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ProcessGroup> _replicas = [];
    private readonly Stopwatch _clock = new();
    private TimeSpan _nextReminder = ReminderInterval;
    private bool _wasHealthy;
    private Task _life = Task.CompletedTask;

    public IResource Resource => resource;

    /// <summary>Completes when the resource is ready, has ended, or will not start.</summary>
    public Task Settled => _settled.Task;

    private bool IsReady => services.Notifications.TryGetCurrentState(resource.Name, out var current) && current.Snapshot.IsReady;

    public void Start(CancellationToken stopping)
    {
        if (resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        {
            Publish(snapshot => snapshot with { State = KnownResourceStates.NotStarted });
            _settled.SetResult();
            return;
        }

        Publish(snapshot => snapshot with { State = resource.HasAnnotationOfType<WaitAnnotation>() ? KnownResourceStates.Waiting : KnownResourceStates.Starting });
        _life = Task.Run(() => LiveAsync(stopping), CancellationToken.None);
    }

    /// <summary>Ends the resource's processes; the application is stopping already.</summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        await _life;
        if (_replicas.Count == 0)
        {
            return;
        }

        Publish(snapshot => ResourceNotificationService.IsTerminal(snapshot) ? snapshot : snapshot with { State = KnownResourceStates.Stopping });
        var wasRunning = _replicas.Exists(replica => !replica.Exited.IsCompleted);
        var ended = await Task.WhenAll(_replicas.Select(replica => replica.StopAsync(grace, cancellationToken)));
        if (wasRunning)
        {
            services.Log.State(resource.Name, ended.All(done => done) ? "stopped" : "killed: it did not end when asked");
        }

        Publish(snapshot => ResourceNotificationService.IsTerminal(snapshot) ? snapshot : snapshot with
        {
            State = KnownResourceStates.Finished,
            ExitCode = _replicas[0].Exited.IsCompletedSuccessfully ? _replicas[0].Exited.Result : null,
            StopTimeStamp = services.Time.GetUtcNow().UtcDateTime,
        });
        await PublishStoppedAsync();
    }

    private async Task LiveAsync(CancellationToken stopping)
    {
        try
        {
            if (!await DependenciesAreThereAsync(stopping))
            {
                return;
            }

            if (resource is IResourceWithConnectionString)
            {
                await services.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services.Provider), stopping);
            }

            await services.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services.Provider), stopping);
            if (resource is ExecutableResource or ProjectResource)
            {
                await StartProcessesAsync(stopping);
            }
            else
            {
                Publish(snapshot => snapshot with { State = KnownResourceStates.Running });
            }

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var health = services.Health.PollAsync(resource, reports => OnHealthAsync(reports, ended.Token), ended.Token);
            if (_replicas.Count == 0)
            {
                await health;
                return;
            }

            await ExitAsync(stopping);
            await ended.CancelAsync();
            await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops.
        }
        catch (Exception e)
        {
            services.Log.State(resource.Name, $"failed to start: {e.Message}");
            End(snapshot => snapshot with { State = KnownResourceStates.FailedToStart, Failure = $"failed to start: {e.Message}" });
        }
        finally
        {
            _settled.TrySetResult();
        }
    }

    private async Task<bool> DependenciesAreThereAsync(CancellationToken stopping)
    {
        try
        {
            await services.Notifications.WaitForDependenciesAsync(resource, stopping);
            return true;
        }
        catch (DistributedApplicationException e)
        {
            // The cause is the other resource's, which has told it already.
            services.Log.State(resource.Name, $"not started: {e.Message.Split(Environment.NewLine)[0]}");
            Publish(snapshot => snapshot with { State = KnownResourceStates.FailedToStart, Failure = $"was not started: {e.Message}" });
            return false;
        }
    }

    private async Task StartProcessesAsync(CancellationToken stopping)
    {
        _clock.Start();
        services.Log.State(resource.Name, "starting");
        Publish(snapshot => snapshot with { State = KnownResourceStates.Starting });
        var count = Math.Max(1, resource.GetReplicaCount());
        for (var replica = 0; replica < count; replica++)
        {
            var spec = await services.Plan.ForAsync(resource, replica, NullLogger.Instance, stopping);
            _replicas.Add(ProcessGroup.Start(spec, monitor, (line, isError) => services.Log.Output(resource.Name, line, isError)));
        }

        Publish(snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = services.Time.GetUtcNow().UtcDateTime,
            HealthReports = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))],
        });
        services.Log.State(resource.Name, string.Create(CultureInfo.InvariantCulture, $"running (process {string.Join(", ", _replicas.Select(replica => replica.Id))})"));
    }

    private async Task ExitAsync(CancellationToken stopping)
    {
        var running = _replicas.Select(replica => replica.Exited).ToList();
        var code = 0;
        while (running.Count > 0)
        {
            var first = await Task.WhenAny(running).WaitAsync(stopping);
            running.Remove(first);
            code = first.Result != 0 ? first.Result : code;
            services.Log.State(resource.Name, string.Create(CultureInfo.InvariantCulture, $"exited with code {first.Result}"));

            // Without one of its replicas a resource does not become healthy any more.
            if (!IsReady)
            {
                break;
            }
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"exited with code {code} after {_clock.Elapsed.TotalSeconds:0.0} s");
        End(snapshot => snapshot with { State = KnownResourceStates.Finished, ExitCode = code, StopTimeStamp = services.Time.GetUtcNow().UtcDateTime, Failure = WithLastErrors(text) });
        foreach (var replica in _replicas)
        {
            replica.ForgetIfEmpty();
        }

        await PublishStoppedAsync();
    }

    private async Task OnHealthAsync(ImmutableArray<HealthReportSnapshot> reports, CancellationToken cancellationToken)
    {
        Publish(snapshot => snapshot with { HealthReports = reports });
        var failing = reports.FirstOrDefault(report => report.Status != HealthStatus.Healthy);
        if (failing is null && !IsReady)
        {
            await services.Eventing.PublishAsync(new ResourceReadyEvent(resource, services.Provider), cancellationToken);
            Publish(snapshot => snapshot with { IsReady = true });
            if (_replicas.Count > 0 && reports.Length > 0)
            {
                services.Log.State(resource.Name, string.Create(CultureInfo.InvariantCulture, $"healthy in {_clock.Elapsed.TotalSeconds:0.0} s"));
            }

            _settled.TrySetResult();
        }
        else if (failing is not null && _wasHealthy)
        {
            services.Log.State(resource.Name, $"unhealthy: {failing.Description ?? failing.ExceptionText ?? failing.Name}");
        }
        else if (failing is null && !_wasHealthy)
        {
            services.Log.State(resource.Name, "healthy again");
        }
        else if (failing is not null && _clock.Elapsed > _nextReminder)
        {
            _nextReminder += ReminderInterval;
            services.Log.State(resource.Name, string.Create(
                CultureInfo.InvariantCulture, $"not healthy after {_clock.Elapsed.TotalSeconds:0} s: {failing.Description ?? failing.ExceptionText ?? failing.Name}"));
        }

        _wasHealthy = failing is null;
    }

    private void End(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        Publish(change);
        if (services.Notifications.TryGetCurrentState(resource.Name, out var current))
        {
            onEnded(this, current.Snapshot);
        }
    }

    private string WithLastErrors(string text)
    {
        var lines = services.Log.LastErrors(resource.Name);
        return lines.Count == 0 ? text : $"{text}; its last lines on standard error:{string.Concat(lines.Select(line => $"{Environment.NewLine}    {line}"))}";
    }

    private void Publish(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => _ = services.Notifications.PublishUpdateAsync(resource, change);

    private async Task PublishStoppedAsync()
    {
        if (services.Notifications.TryGetCurrentState(resource.Name, out var current))
        {
            await services.Eventing.PublishAsync(new ResourceStoppedEvent(resource, services.Provider, current), CancellationToken.None);
        }
    }
}

/// <summary>What every runner uses.</summary>
internal sealed record RunnerServices(
    ResourceNotificationService Notifications,
    IDistributedApplicationEventing Eventing,
    ResourceLog Log,
    HealthPoller Health,
    LaunchPlan Plan,
    TimeProvider Time,
    IServiceProvider Provider);
