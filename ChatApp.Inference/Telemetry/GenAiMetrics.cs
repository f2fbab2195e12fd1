using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatApp.Inference.Metering;

namespace ChatApp.Inference.Telemetry;

/// <summary>
/// The instruments of OpenTelemetry's conventions for generative AI, in the meter of <see cref="GatewayMetrics"/>. Models are those of the
/// configuration, never what a caller wrote, and callers are no tag: either would make series without bound.
/// </summary>
internal sealed class GenAiMetrics : IDisposable
{
    // The buckets that the conventions advise.
    private static readonly double[] Durations = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly double[] FirstTokens = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly double[] NextTokens = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];
    private static readonly long[] Tokens = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];

    private readonly Meter _meter;
    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _nextTokens;

    public GenAiMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(GatewayMetrics.MeterName);
        _tokens = _meter.CreateHistogram(
            "gen_ai.client.token.usage", "{token}", "Tokens of prompts and answers.", tags: null, new InstrumentAdvice<long> { HistogramBucketBoundaries = Tokens });
        _duration = Seconds("gen_ai.client.operation.duration", "From a call's arrival to its end.", Durations);
        _firstToken = Seconds("gen_ai.server.time_to_first_token", "From a call's arrival to the first token, queue and retries included.", FirstTokens);
        _nextTokens = Seconds("gen_ai.server.time_per_output_token", "Time per token after the first one.", NextTokens);
    }

    /// <summary>Whether anybody listens; without, nothing need be put together.</summary>
    public bool IsEnabled => _duration.Enabled || _tokens.Enabled || _firstToken.Enabled || _nextTokens.Enabled;

    /// <summary>Records a call that has ended. What the cache answered has no tokens and no tempo.</summary>
    public void Record(in CallRecord call)
    {
        var tags = new TagList
        {
            { GenAi.OperationName, GenAi.Operation(call.Kind) },
            { GenAi.RequestModel, call.Model },
        };
        if (call.Target is { } target)
        {
            tags.Add(GenAi.ProviderName, GenAi.Provider(target.Engine.Kind));
            tags.Add(GenAi.ResponseModel, target.Model);
            tags.Add(GatewayTrace.Engine, target.Engine.Name);
        }

        if (call.Charge.InputTokens > 0)
        {
            RecordTokens(call.Charge.InputTokens, "input", tags);
        }

        if (call.Charge.OutputTokens > 0)
        {
            RecordTokens(call.Charge.OutputTokens, "output", tags);
        }

        if (call.FirstToken is { } first && !call.IsFromCache)
        {
            _firstToken.Record(first.TotalSeconds, tags);
        }

        if (call.PerToken is { } each && !call.IsFromCache)
        {
            _nextTokens.Record(each.TotalSeconds, tags);
        }

        if (call.Outcome != CallOutcome.Completed)
        {
            tags.Add(GenAi.ErrorType, call.Outcome);
        }

        _duration.Record(call.Duration.TotalSeconds, tags);
    }

    public void Dispose() => _meter.Dispose();

    private void RecordTokens(long tokens, string type, TagList tags)
    {
        tags.Add(GenAi.TokenType, type);
        _tokens.Record(tokens, tags);
    }

    private Histogram<double> Seconds(string name, string description, double[] bounds) =>
        _meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
