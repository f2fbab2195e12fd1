using System.Diagnostics.Metrics;
using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Telemetry;

/// <summary>The meter <c>ChatApp.Inference</c>.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ChatApp.Inference";

    // Tokens of small models come within milliseconds, a long prompt on a processor takes a minute.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _timeToFirstByte;

    public GatewayMetrics(IMeterFactory meters, EngineReadiness readiness)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>("chatapp.inference.requests", "{request}", "Calls by outcome and engine.");
        _timeToFirstByte = _meter.CreateHistogram(
            "chatapp.inference.time_to_first_byte",
            "s",
            "From the call's arrival to the first byte of the answer.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        _meter.CreateObservableGauge(
            "chatapp.inference.engine.ready",
            () => readiness.LastKnown.Select(s => new Measurement<int>(s.Value.IsReady ? 1 : 0, new KeyValuePair<string, object?>("engine", s.Key))),
            "{engine}",
            "1 when the engine was ready at the last look, else 0.");
    }

    public void Refused() => Count(CallOutcome.Refused, null);

    public void Count(string outcome, string? engine) => _requests.Add(1, new("outcome", outcome), new("engine", engine ?? "none"));

    public void FirstByte(TimeSpan elapsed, string? engine) => _timeToFirstByte.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("engine", engine ?? "none"));

    public void Dispose() => _meter.Dispose();
}
