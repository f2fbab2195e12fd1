using System.Diagnostics;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Metering;

namespace ChatApp.Inference.Telemetry;

/// <summary>
/// Watches each call from its arrival to its end, however it ends: span, metrics, usage, the header that tells how it went, and one log line
/// where it failed. Nothing of it is done for each chunk of an answer.
/// </summary>
internal sealed partial class CallObserver(
    RequestDelegate next, GatewayMetrics metrics, GenAiMetrics genAi, UsageLedger ledger, TimeProvider time, ILogger<CallObserver> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var span = GatewayTrace.StartCall();
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        context.Response.OnStarting(
            static state =>
            {
                ((ObservedCall)state).BeforeFirstByte();
                return Task.CompletedTask;
            },
            new ObservedCall(context, metrics, time));

        Exception? thrown = null;
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            thrown = exception;
            throw;
        }
        finally
        {
            Record(context, day, span, thrown);
        }
    }

    private void Record(HttpContext context, DateOnly day, Activity? span, Exception? thrown)
    {
        var call = context.Features.Get<GatewayCall>();
        var outcome = CallOutcome.Of(context, call, thrown);
        metrics.Count(outcome, call?.Target?.Engine.Name);
        if (call is null)
        {
            if (span is not null)
            {
                GatewayTrace.SetOutcome(span, outcome);
            }

            return;
        }

        var record = CallRecord.Of(call, outcome, time);
        ledger.Add(day, call.Caller, record, call.Queued);
        metrics.Record(record, call.Queued);
        if (genAi.IsEnabled)
        {
            genAi.Record(record);
        }

        if (span is not null)
        {
            GatewayTrace.EndCall(span, call, record);
        }
        else if (Activity.Current is { IsAllDataRequested: true } request)
        {
            request.SetTag(GatewayTrace.Engine, call.Target?.Engine.Name);
        }

        Log(call, outcome);
    }

    // Each try that failed has its line with the reason; this is the one line of the call.
    private void Log(GatewayCall call, string outcome)
    {
        switch (outcome)
        {
            case CallOutcome.ClientGone:
                LogClientGone(logger, call.Target?.Engine.Name);
                break;
            case CallOutcome.EngineFailed or CallOutcome.EngineTimedOut or CallOutcome.EngineUnavailable or CallOutcome.Failed:
                LogFailed(logger, call.Model.Name, outcome, call.Attempts.Count);
                break;
        }
    }

    [LoggerMessage(LogLevel.Debug, "The caller left while engine {Engine} was answering.")]
    private static partial void LogClientGone(ILogger logger, string? engine);

    [LoggerMessage(LogLevel.Warning, "A call of model {Model} failed: {Outcome}, after {Attempts} tries.")]
    private static partial void LogFailed(ILogger logger, string model, string outcome, int attempts);
}
