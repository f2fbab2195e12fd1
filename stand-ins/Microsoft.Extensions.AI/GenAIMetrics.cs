using System.Diagnostics.Metrics;

namespace Microsoft.Extensions.AI;

/// <summary>The client instruments of the GenAI semantic conventions, with the bucket bounds that these advise.</summary>
internal sealed class GenAIMetrics : IDisposable
{
    private static readonly double[] Seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly int[] Tokens = [.. Enumerable.Range(0, 14).Select(power => 1 << (2 * power))];

    private readonly Meter _meter;

    public GenAIMetrics(string name)
    {
        _meter = new Meter(name);
        OperationDuration = CreateDuration("gen_ai.client.operation.duration", "Measures the duration of a GenAI operation");
        TimeToFirstChunk = CreateDuration("gen_ai.client.operation.time_to_first_chunk", "Measures the time to receive the first chunk in a streaming operation");
        TimePerOutputChunk = CreateDuration("gen_ai.client.operation.time_per_output_chunk", "Measures the time per output chunk in a streaming operation");
        TokenUsage = _meter.CreateHistogram(
            "gen_ai.client.token.usage",
            "{token}",
            "Measures number of input and output tokens used",
            tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = Tokens });
    }

    public Histogram<double> OperationDuration { get; }

    public Histogram<double> TimeToFirstChunk { get; }

    public Histogram<double> TimePerOutputChunk { get; }

    public Histogram<int> TokenUsage { get; }

    public void Dispose() => _meter.Dispose();

    private Histogram<double> CreateDuration(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
}
