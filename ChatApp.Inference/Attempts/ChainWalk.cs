using System.Collections.Immutable;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;
using Yarp.ReverseProxy.Model;

namespace ChatApp.Inference.Attempts;

/// <summary>
/// Goes along a model's chain, one call long: the first step with a target that is ready; a step whose targets load is waited for,
/// within the call's patience; and when nothing is ready, what was passed over, for it may be back.
/// </summary>
internal sealed class ChainWalk(GatewayCall call, IReadOnlyList<DestinationState> destinations, EngineHealth health, GatewayOptions options, TimeProvider time)
{
    private readonly ImmutableArray<ModelTarget> _chain = call.Model.Targets;
    private readonly ModelCapabilities _needed = TargetNeeds.Capabilities(call);
    private TimeSpan _patience = options.LoadingPatience;

    /// <summary>What no target of the chain can do; null when there is one that can.</summary>
    public TargetLack? Lack()
    {
        var lack = TargetLack.Capability;
        foreach (var target in _chain)
        {
            if (Can(target))
            {
                return null;
            }

            lack = (target.Capabilities & _needed) != _needed ? lack : MustNot(target) ? TargetLack.Outside : TargetLack.Context;
        }

        return _chain.IsEmpty ? null : lack;
    }

    /// <summary>The targets that are to be tried next, by the engine's name; null when the chain is at its end.</summary>
    public async ValueTask<Dictionary<string, ModelTarget>?> NextAsync(CancellationToken cancellationToken)
    {
        if (call.Attempts.Count >= options.MaxAttempts || time.GetTimestamp() >= call.Deadline)
        {
            return null;
        }

        for (var step = StepAfter(int.MinValue); step is { } priority; step = StepAfter(priority))
        {
            var ready = Pick(priority, EngineCondition.Ready);
            if (ready is null && Pick(priority, EngineCondition.Loading) is { } loading && await WaitAsync(loading, cancellationToken))
            {
                ready = Pick(priority, EngineCondition.Ready);
            }

            if (ready is not null)
            {
                call.HasAnother = HasAnother();
                return ready;
            }
        }

        for (var step = StepAfter(int.MinValue); step is { } priority; step = StepAfter(priority))
        {
            if (Pick(priority, condition: null) is { } some)
            {
                call.HasAnother = false;
                return some;
            }
        }

        return null;
    }

    // Besides the one that will be tried.
    private bool HasAnother()
    {
        if (call.Attempts.Count + 1 >= options.MaxAttempts)
        {
            return false;
        }

        var ready = 0;
        foreach (var target in _chain)
        {
            ready += Can(target) && !WasTried(target, EngineCondition.Ready) && health.Of(target.Engine.Name).IsReady ? 1 : 0;
        }

        return ready > 1;
    }

    private bool Can(ModelTarget target) => (target.Capabilities & _needed) == _needed && !MustNot(target) && !TargetNeeds.IsTooLong(call, target);

    private bool MustNot(ModelTarget target) => call.StaysInside && target.Engine.IsOutside;

    private int? StepAfter(int priority)
    {
        int? next = null;
        foreach (var target in _chain)
        {
            next = target.Priority > priority && (next is null || target.Priority < next) ? target.Priority : next;
        }

        return next;
    }

    private Dictionary<string, ModelTarget>? Pick(int priority, EngineCondition? condition)
    {
        Dictionary<string, ModelTarget>? picked = null;
        foreach (var target in _chain)
        {
            if (target.Priority == priority
                && Can(target)
                && !WasTried(target, condition)
                && (condition is null || health.Of(target.Engine.Name).Condition == condition)
                && HasDestination(target))
            {
                picked ??= new Dictionary<string, ModelTarget>(StringComparer.OrdinalIgnoreCase);
                picked.TryAdd(target.Engine.Name, target);
            }
        }

        return picked;
    }

    // One that was loading is tried again when it is ready; every other one has had its chance.
    private bool WasTried(ModelTarget target, EngineCondition? condition)
    {
        foreach (var attempt in call.Attempts)
        {
            if (ReferenceEquals(attempt.Target, target) && (condition is null || attempt.Failure?.Reason is not AttemptFailure.Loading))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasDestination(ModelTarget target)
    {
        foreach (var destination in destinations)
        {
            if (string.Equals(destination.DestinationId, target.Engine.Name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> WaitAsync(Dictionary<string, ModelTarget> loading, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var left = time.GetElapsedTime(began, Math.Max(began, call.Deadline));
        var patience = left < _patience ? left : _patience;
        if (patience <= TimeSpan.Zero)
        {
            return false;
        }

        var isReady = await health.WaitAsync([.. loading.Values.Select(static target => target.Engine)], patience, cancellationToken);
        _patience -= time.GetElapsedTime(began);
        return isReady;
    }
}
