using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs an application: allocates, starts in the order of the waits, watches, and stops in the opposite order.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    RunnerServices services,
    DashboardProcess dashboard,
    EndpointAllocator endpoints) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<IResource, ResourceRunner> _runners = [];
    private ProcessMonitor? _monitor;
    private StartOrder? _order;
    private Task? _stopped;
    private Task _announced = Task.CompletedTask;

    /// <summary>Completes, with the reason, when a resource that others wait for cannot be used.</summary>
    public Task<string> Failed => _failed.Task;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ThrowIfContainers();
        await services.Eventing.PublishAsync(new BeforeStartEvent(services.Provider, model), cancellationToken);
        ThrowIfContainers();
        var resources = model.Resources.ToList();
        await ThrowIfParametersMissingAsync(resources, cancellationToken);
        _order = new StartOrder(resources);
        services.Log.Register(resources.Where(IsProcess).Select(resource => resource.Name));
        foreach (var resource in resources.Where(IsProcess))
        {
            endpoints.Allocate(resource);
            await services.Eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services.Provider), cancellationToken);
        }

        dashboard.Prepare(endpoints);
        _monitor = new ProcessMonitor();
        foreach (var resource in resources)
        {
            _runners[resource] = new ResourceRunner(resource, services, _monitor, OnEnded);
        }

        foreach (var runner in _runners.Values)
        {
            runner.Start(_stopping.Token);
        }

        dashboard.Start(_monitor);
        await services.Eventing.PublishAsync(new AfterResourcesCreatedEvent(services.Provider, model), cancellationToken);
        _announced = AnnounceAsync();
    }

    /// <summary>Stops everything once; later calls wait for the first.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stopped ??= StopCoreAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _monitor?.Dispose();
        endpoints.Dispose();
        _stopping.Dispose();
    }

    private static bool IsProcess(IResource resource) => resource is ExecutableResource or ProjectResource;

    private void ThrowIfContainers()
    {
        var containers = model.Resources.Where(resource => resource.IsContainer() && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>()).Select(resource => resource.Name).ToList();
        if (containers.Count > 0)
        {
            throw new DistributedApplicationException(
                $"{string.Join(", ", containers)}: a container needs a container runtime and the real Aspire packages; run with --ChatApp:RunOn=local.");
        }
    }

    private static async Task ThrowIfParametersMissingAsync(List<IResource> resources, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var parameter in resources.OfType<ParameterResource>())
        {
            try
            {
                await parameter.GetValueAsync(cancellationToken);
            }
            catch (MissingParameterValueException)
            {
                problems.Add(parameter.ConfigurationKey);
            }
        }

        if (problems.Count > 0)
        {
            throw new MissingParameterValueException($"Values are missing in the configuration: {string.Join(", ", problems)}.");
        }
    }

    private async Task StopCoreAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _announced.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll([.. _runners.Keys.Select(StopAfterDependents)]);

        // Last: services that stop send their last telemetry, and would wait for a receiver that is gone.
        await dashboard.StopAsync(Grace, cancellationToken);

        Task StopAfterDependents(IResource resource)
        {
            if (!stops.TryGetValue(resource, out var stop))
            {
                var dependents = _order!.DependentsOf(resource).Where(_runners.ContainsKey).Select(StopAfterDependents).ToList();
                stop = stops[resource] = StopOneAsync(resource, dependents);
            }

            return stop;
        }

        async Task StopOneAsync(IResource resource, List<Task> dependents)
        {
            await Task.WhenAll(dependents);
            await _runners[resource].StopAsync(Grace, cancellationToken);
        }
    }

    private void OnEnded(ResourceRunner runner, CustomResourceSnapshot snapshot)
    {
        var waiters = _runners.Keys.Where(candidate => candidate.Annotations.OfType<WaitAnnotation>().Any(wait =>
            wait.Resource == runner.Resource && wait.WaitBehavior != WaitBehavior.WaitOnResourceUnavailable && !IsMet(wait, snapshot))).Select(candidate => candidate.Name).ToList();
        if (waiters.Count > 0)
        {
            _failed.TrySetResult($"'{runner.Resource.Name}' {snapshot.Failure}{Environment.NewLine}It is needed by {string.Join(", ", waiters)}.");
        }
    }

    private static bool IsMet(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => snapshot.ExitCode == wait.ExitCode,
        WaitType.WaitUntilStarted => snapshot.StartTimeStamp is not null,
        _ => snapshot.IsReady,
    };

    private async Task AnnounceAsync()
    {
        await Task.WhenAll(_runners.Values.Select(runner => runner.Settled));
        if (_stopping.IsCancellationRequested || _failed.Task.IsCompleted)
        {
            return;
        }

        var unready = _runners.Keys.Where(resource => IsProcess(resource) && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>()
            && services.Notifications.TryGetCurrentState(resource.Name, out var current)
            && current.Snapshot is { IsReady: false, ExitCode: null or not 0 }).Select(resource => resource.Name).ToList();
        var lines = (await ResourceUrls.ExternalAsync(_runners.Keys, executionContext)).Select(link => $"  {link.Name}: {link.Url}");
        var title = string.Create(CultureInfo.InvariantCulture, $"Started in {_clock.Elapsed.TotalSeconds:0.0} s{(unready.Count == 0 ? "." : $", but not: {string.Join(", ", unready)}.")}");
        services.Log.Say(string.Join(Environment.NewLine, [title, .. lines]));
        services.Log.Say($"  dashboard: {await dashboard.LoginUrl.WaitAsync(_stopping.Token)}");
    }
}
