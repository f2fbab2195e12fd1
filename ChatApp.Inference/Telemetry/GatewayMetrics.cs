using System.Diagnostics.Metrics;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Metering;

namespace ChatApp.Inference.Telemetry;

/// <summary>The gateway's own instruments in the meter <c>ChatApp.Inference</c>; those of the conventions are <see cref="GenAiMetrics"/>.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ChatApp.Inference";

    // Tokens of small models come within milliseconds, a long prompt on a processor takes a minute.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _cacheHits;
    private readonly Histogram<double> _timeToFirstByte;
    private readonly Histogram<double> _queued;

    public GatewayMetrics(IMeterFactory meters, EngineReadiness readiness, EngineMetrics engines)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>("chatapp.inference.requests", "{request}", "Calls by outcome and engine.");
        _cost = _meter.CreateCounter<double>("chatapp.inference.cost", "{currency}", "Cost by model and engine, in the operator's currency.");
        _cacheHits = _meter.CreateCounter<long>("chatapp.inference.cache.hits", "{request}", "Calls that the cache answered, by model.");
        _timeToFirstByte = Histogram("chatapp.inference.time_to_first_byte", "From the call's arrival to the first byte of the answer.");
        _queued = Histogram("chatapp.inference.queue_time", "How long calls waited for a place at an engine.");
        _meter.CreateObservableGauge(
            "chatapp.inference.engine.ready",
            () => readiness.LastKnown.Select(s => new Measurement<int>(s.Value.IsReady ? 1 : 0, new KeyValuePair<string, object?>("engine", s.Key))),
            "{engine}",
            "1 when the engine was ready at the last look, else 0.");
        engines.AddTo(_meter);
    }

    public void Refused() => Count(CallOutcome.Refused, null);

    public void Count(string outcome, string? engine) => _requests.Add(1, new("outcome", outcome), new("engine", engine ?? "none"));

    public void FirstByte(TimeSpan elapsed, string? engine) => _timeToFirstByte.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("engine", engine ?? "none"));

    /// <summary>Records a call that has ended.</summary>
    public void Record(in CallRecord call, TimeSpan queued)
    {
        if (call.IsFromCache)
        {
            _cacheHits.Add(1, new KeyValuePair<string, object?>("model", call.Model));
        }
        else if (call.Target is { } target)
        {
            _queued.Record(queued.TotalSeconds, new KeyValuePair<string, object?>("engine", target.Engine.Name));
            if (call.Charge.Cost > 0)
            {
                _cost.Add((double)call.Charge.Cost, new("model", call.Model), new("engine", target.Engine.Name));
            }
        }
    }

    public void Dispose() => _meter.Dispose();

    private Histogram<double> Histogram(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
}
