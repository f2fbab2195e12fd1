using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource and tells who wants to know.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private readonly WaitBehavior _defaultBehavior;

    internal ResourceNotificationService(IOptions<ResourceNotificationServiceOptions> options)
    {
        _defaultBehavior = options.Value.DefaultWaitBehavior;
    }

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_gate)
        {
            var before = _current.TryGetValue(resource.Name, out var known) ? known.Snapshot : new CustomResourceSnapshot { ResourceType = resource.GetType().Name };
            var update = new ResourceEvent(resource, resource.Name, stateFactory(before));
            _current[resource.Name] = update;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(update);
            }
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_gate)
        {
            return _current.TryGetValue(resourceId, out resourceEvent);
        }
    }

    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_gate)
        {
            foreach (var known in _current.Values)
            {
                channel.Writer.TryWrite(known);
            }

            _watchers.Add(channel);
        }

        try
        {
            await foreach (var update in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var update = await WaitForResourceAsync(resourceName, candidate => candidate.Snapshot.State is { } state && wanted.Contains(state.Text), cancellationToken);
        return update.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var update in WatchAsync(cancellationToken))
        {
            if (string.Equals(update.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(update))
            {
                return update;
            }
        }

        throw new OperationCanceledException($"The application stopped before resource '{resourceName}' met the condition.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultBehavior, cancellationToken);

    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var update = await WaitForResourceAsync(
            resourceName,
            candidate => candidate.Snapshot is { IsReady: true, HealthStatus: HealthStatus.Healthy }
                || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsTerminal(candidate.Snapshot)),
            cancellationToken);
        return IsTerminal(update.Snapshot) ? throw Unavailable(update) : update;
    }

    /// <summary>Waits for everything that a resource waits for before it starts.</summary>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().DistinctBy(wait => (wait.Resource, wait.WaitType)).Select(wait => WaitForAsync(wait, cancellationToken)));

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryComplete();
            }
        }

        GC.SuppressFinalize(this);
    }

    internal static bool IsTerminal(CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text, StringComparer.OrdinalIgnoreCase);

    private static DistributedApplicationException Unavailable(ResourceEvent update) =>
        new($"Resource '{update.Resource.Name}' {update.Snapshot.Failure ?? $"has entered the '{update.Snapshot.State!.Text}' state"}.");

    private async Task WaitForAsync(WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var name = wait.Resource.Name;
        var stops = (wait.WaitBehavior ?? _defaultBehavior) == WaitBehavior.StopOnResourceUnavailable;
        switch (wait.WaitType)
        {
            case WaitType.WaitUntilHealthy:
                await WaitForResourceHealthyAsync(name, wait.WaitBehavior ?? _defaultBehavior, cancellationToken);
                return;
            case WaitType.WaitUntilStarted:
                var started = await WaitForResourceAsync(
                    name, update => update.Snapshot.State?.Text == KnownResourceStates.Running || (stops && IsTerminal(update.Snapshot)), cancellationToken);
                if (IsTerminal(started.Snapshot))
                {
                    throw Unavailable(started);
                }

                return;
            default:
                var ended = await WaitForResourceAsync(name, update => IsTerminal(update.Snapshot), cancellationToken);
                if (ended.Snapshot.ExitCode != wait.ExitCode)
                {
                    throw Unavailable(ended);
                }

                return;
        }
    }
}

public sealed class ResourceNotificationServiceOptions
{
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
