using System.Diagnostics;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Metering;

namespace ChatApp.Inference.Telemetry;

/// <summary>
/// The spans: one for each call, and in it one for each try at a target, named as OpenTelemetry's conventions for generative AI say. Nothing
/// of a prompt or an answer is in them. Tokens are on the call's span only, so that nobody adds them up twice.
/// </summary>
internal static class GatewayTrace
{
    /// <summary>The tag with the engine's name, of spans and of metrics.</summary>
    public const string Engine = "chatapp.engine";

    private static readonly ActivitySource Source = new("ChatApp.Inference");

    /// <summary>Whether anybody listens.</summary>
    public static bool IsEnabled => Source.HasListeners();

    /// <summary>Begins a call's span; its model is not known yet.</summary>
    public static Activity? StartCall() => Source.HasListeners() ? Source.StartActivity("call") : null;

    /// <summary>Begins a try's span.</summary>
    public static Activity? StartAttempt(GatewayCall call, CallAttempt attempt)
    {
        var operation = GenAi.Operation(call.Kind);
        var span = Source.StartActivity($"{operation} {attempt.Target.Model}", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            var engine = attempt.Target.Engine;
            span.SetTag(GenAi.OperationName, operation)
                .SetTag(GenAi.ProviderName, GenAi.Provider(engine.Kind))
                .SetTag(GenAi.RequestModel, attempt.Target.Model)
                .SetTag(Engine, engine.Name)
                .SetTag("chatapp.attempt", call.Attempts.Count)
                .SetTag("chatapp.placed", call.Placed);
            if (Uri.TryCreate(engine.Address, UriKind.Absolute, out var address))
            {
                span.SetTag(GenAi.ServerAddress, address.Host).SetTag(GenAi.ServerPort, address.Port);
            }
        }

        return span;
    }

    /// <summary>Says how a try ended.</summary>
    public static void EndAttempt(Activity span, GatewayCall call, CallAttempt attempt, TimeSpan queued)
    {
        if (queued > TimeSpan.Zero)
        {
            span.SetTag("chatapp.queued_ms", (long)queued.TotalMilliseconds);
        }

        if (attempt.Failure is { } failure)
        {
            span.SetTag(GenAi.ErrorType, failure.Reason).SetTag("chatapp.blames_engine", failure.BlamesEngine);
            span.SetStatus(ActivityStatusCode.Error, failure.Reason);
        }
        else
        {
            SetAnswer(span, call.Usage);
        }
    }

    /// <summary>Says what a call asked for, what was decided, and what it took.</summary>
    public static void EndCall(Activity span, GatewayCall call, in CallRecord record)
    {
        var operation = GenAi.Operation(call.Kind);
        span.DisplayName = $"{operation} {record.Model}";
        if (!span.IsAllDataRequested)
        {
            return;
        }

        span.SetTag(GenAi.OperationName, operation)
            .SetTag(GenAi.RequestModel, call.RequestedModel)
            .SetTag(GenAi.RequestStream, call.Body.Streams)
            .SetTag(GenAi.RequestMaxTokens, call.Body.MaxTokens)
            .SetTag(GenAi.RequestTemperature, call.Body.Temperature)
            .SetTag("chatapp.model", record.Model)
            .SetTag("chatapp.outcome", record.Outcome)
            .SetTag("chatapp.caller", call.Caller)
            .SetTag("chatapp.attempts", call.Attempts.Count)
            .SetTag("chatapp.queued_ms", (long)call.Queued.TotalMilliseconds);
        if (call.IsFromCache)
        {
            span.SetTag("chatapp.cache", "hit");
        }

        if (call.Complexity is { } complexity)
        {
            span.SetTag("chatapp.complexity", complexity);
        }

        if (record.Target is { } target)
        {
            span.SetTag(GenAi.ProviderName, GenAi.Provider(target.Engine.Kind)).SetTag(Engine, target.Engine.Name).SetTag("chatapp.placed", call.Placed);
            if (Uri.TryCreate(target.Engine.Address, UriKind.Absolute, out var address))
            {
                span.SetTag(GenAi.ServerAddress, address.Host).SetTag(GenAi.ServerPort, address.Port);
            }
        }

        SetAnswer(span, call.Usage);
        SetCharge(span, record.Charge);
        if (record.FirstToken is { } first)
        {
            span.SetTag(GenAi.TimeToFirstChunk, first.TotalSeconds);
        }

        SetOutcome(span, record.Outcome);
    }

    /// <summary>Ends the span of a call that could not be read.</summary>
    public static void SetOutcome(Activity span, string outcome)
    {
        if (outcome != CallOutcome.Completed)
        {
            span.SetTag(GenAi.ErrorType, outcome);
            if (outcome != CallOutcome.ClientGone)
            {
                span.SetStatus(ActivityStatusCode.Error, outcome);
            }
        }
    }

    private static void SetAnswer(Activity span, CallUsage usage)
    {
        if (usage.ResponseModel is { } model)
        {
            span.SetTag(GenAi.ResponseModel, model);
        }

        if (usage.FinishReason is { } reason)
        {
            span.SetTag(GenAi.FinishReasons, new[] { reason });
        }
    }

    private static void SetCharge(Activity span, in CallCharge charge)
    {
        if (charge is { InputTokens: 0, OutputTokens: 0 })
        {
            return;
        }

        span.SetTag(GenAi.InputTokens, charge.InputTokens)
            .SetTag(GenAi.OutputTokens, charge.OutputTokens)
            .SetTag(GenAi.CachedInputTokens, charge.CachedInputTokens);
        if (charge.IsEstimated)
        {
            span.SetTag("chatapp.tokens_estimated", true);
        }

        if (charge.Cost > 0)
        {
            span.SetTag("chatapp.cost", (double)charge.Cost);
        }
    }
}
