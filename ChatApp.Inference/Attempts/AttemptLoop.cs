using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Errors;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace ChatApp.Inference.Attempts;

/// <summary>
/// Tries the targets of the model's chain until one answers. Only before the first byte: what follows is run again for each target,
/// and leaves the response untouched when it fails there. When all failed the caller gets one error, made of what was tried.
/// </summary>
internal sealed partial class AttemptLoop(
    RequestDelegate next, EngineHealth health, IOptions<GatewayOptions> options, TimeProvider time, ILogger<AttemptLoop> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        var proxy = context.GetReverseProxyFeature();
        var destinations = proxy.Route.Cluster!.DestinationsState.AllDestinations;
        var walk = new ChainWalk(call, destinations, health, options.Value, time);
        if (walk.Lack() is { } lack)
        {
            await GatewayErrors.WriteAsync(context, AttemptErrors.Of(lack, call));
            return;
        }

        try
        {
            while (await walk.NextAsync(context.RequestAborted) is { } candidates)
            {
                call.Candidates = candidates;
                proxy.AvailableDestinations = Offer(destinations, candidates.Keys);
                var tries = call.Attempts.Count;
                if (await TryAsync(context, call))
                {
                    return;
                }

                Reset(context, call);
                if (call.Attempts.Count == tries)
                {
                    // The load balancing chose none of them.
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads an error.
            return;
        }

        await AttemptErrors.WriteAsync(context, call, time.GetTimestamp() >= call.Deadline);
    }

    /// <summary>Runs the stages for one target.</summary>
    /// <returns>Whether that was all: an answer, an error that is the caller's, or nobody who waits.</returns>
    private async Task<bool> TryAsync(HttpContext context, GatewayCall call)
    {
        var tries = call.Attempts.Count;
        try
        {
            await next(context);
        }
        finally
        {
            if (call.Attempts.Count > tries)
            {
                var attempt = call.Attempts[^1];
                attempt.Failure ??= ForwarderFailures.Of(context, attempt);
                Report(context, attempt);
            }
        }

        return context.RequestAborted.IsCancellationRequested
            || context.Response.HasStarted
            || (call.Attempts.Count > tries && call.Attempts[^1].Failure is null);
    }

    private void Report(HttpContext context, CallAttempt attempt)
    {
        if (attempt.Failure is null && (context.RequestAborted.IsCancellationRequested || attempt.Request is null))
        {
            health.Withdraw(attempt.Target.Engine);
            return;
        }

        health.End(attempt.Target.Engine, attempt.Failure);
        if (attempt.Failure is { } failure)
        {
            LogFailed(logger, attempt.Target.Engine.Name, failure.Reason, failure.Detail);
        }
    }

    private static List<DestinationState> Offer(IReadOnlyList<DestinationState> destinations, Dictionary<string, Models.ModelTarget>.KeyCollection names)
    {
        var offered = new List<DestinationState>(names.Count);
        foreach (var destination in destinations)
        {
            if (names.Contains(destination.DestinationId))
            {
                offered.Add(destination);
            }
        }

        return offered;
    }

    private static void Reset(HttpContext context, GatewayCall call)
    {
        call.Usage.Clear();
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
    }

    [LoggerMessage(LogLevel.Warning, "A call to engine {Engine} failed: {Reason}. {Detail}")]
    private static partial void LogFailed(ILogger logger, string engine, string reason, string detail);
}
