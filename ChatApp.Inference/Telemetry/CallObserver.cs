using System.Diagnostics;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Telemetry;

/// <summary>Measures each call that is passed on: its first byte and how it ended.</summary>
internal sealed partial class CallObserver(RequestDelegate next, GatewayMetrics metrics, TimeProvider time, ILogger<CallObserver> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
            {
                metrics.FirstByte(time.GetElapsedTime(began), Engine(context));
            }

            return Task.CompletedTask;
        });

        try
        {
            await next(context);
        }
        finally
        {
            var engine = Engine(context);
            Activity.Current?.SetTag("chatapp.engine", engine);
            var outcome = CallOutcome.Of(context);
            metrics.Count(outcome, engine);
            Log(context, engine, outcome);
        }
    }

    // One line a failed call; YARP's own would give each caller that leaves a stack trace.
    private void Log(HttpContext context, string? engine, string outcome)
    {
        if (outcome == CallOutcome.ClientGone)
        {
            LogClientGone(logger, engine);
        }
        else if (context.GetForwarderErrorFeature() is { } failure)
        {
            LogFailed(logger, engine, outcome, failure.Error, failure.Exception?.GetBaseException().Message);
        }
    }

    private static string? Engine(HttpContext context) => context.GetReverseProxyFeature().ProxiedDestination?.DestinationId;

    [LoggerMessage(LogLevel.Debug, "The caller left while engine {Engine} was answering.")]
    private static partial void LogClientGone(ILogger logger, string? engine);

    [LoggerMessage(LogLevel.Warning, "A call to engine {Engine} failed: {Outcome} ({Error}). {Reason}")]
    private static partial void LogFailed(ILogger logger, string? engine, string outcome, ForwarderError error, string? reason);
}
