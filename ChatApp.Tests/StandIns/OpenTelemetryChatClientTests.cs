using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Xunit;

namespace ChatApp.Tests.StandIns;

public sealed class OpenTelemetryChatClientTests
{
    private static readonly ChatResponseUpdate[] Answer =
    [
        new(ChatRole.Assistant, "Hello") { ModelId = "served", ResponseId = "r1" },
        new(ChatRole.Assistant, " secret") { ModelId = "served", FinishReason = ChatFinishReason.Stop },
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 2 })]),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStreamingResponseAsync_LeavesOneSpanAndTheMetrics()
    {
        var name = Guid.NewGuid().ToString();
        using var recording = new Recording(name);
        using var client = new ScriptedChatClient(Answer).AsBuilder().UseOpenTelemetry(sourceName: name).Build();

        await client.GetStreamingResponseAsync("my secret", new ChatOptions { ModelId = "asked", Temperature = 0.5f }, Cancellation).ToListAsync(Cancellation);

        var span = Assert.Single(recording.Spans);
        Assert.Equal(("chat asked", ActivityKind.Client), (span.DisplayName, span.Kind));
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("asked", span.GetTagItem("gen_ai.request.model"));
        Assert.Equal("scripted", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("engine.test", span.GetTagItem("server.address"));
        Assert.Equal(0.5f, span.GetTagItem("gen_ai.request.temperature"));
        Assert.Equal("served", span.GetTagItem("gen_ai.response.model"));
        Assert.Equal("[\"stop\"]", span.GetTagItem("gen_ai.response.finish_reasons"));
        Assert.Equal(7, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(2, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal([7, 2], recording.Of("gen_ai.client.token.usage"));
        Assert.Single(recording.Of("gen_ai.client.operation.duration"));
        Assert.Single(recording.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal(2, recording.Of("gen_ai.client.operation.time_per_output_chunk").Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_IsRecordedOnlyWhenAskedFor(bool asked)
    {
        var name = Guid.NewGuid().ToString();
        using var recording = new Recording(name);
        using var client = new ScriptedChatClient(Answer).AsBuilder().UseOpenTelemetry(sourceName: name, configure: c => c.EnableSensitiveData = asked).Build();

        await client.GetStreamingResponseAsync("my secret", cancellationToken: Cancellation).ToListAsync(Cancellation);
        await client.GetResponseAsync("my secret", cancellationToken: Cancellation);

        Assert.Equal(2, recording.Spans.Count);
        Assert.All(recording.Spans, span => Assert.Equal(asked, span.TagObjects.Any(tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) is true)));
    }

    [Fact]
    public async Task Failure_IsOnTheSpanAndTheDuration()
    {
        var name = Guid.NewGuid().ToString();
        using var recording = new Recording(name);
        using var client = new ScriptedChatClient(Answer) { Failure = new TimeoutException("slow") }.AsBuilder().UseOpenTelemetry(sourceName: name).Build();

        await Assert.ThrowsAsync<TimeoutException>(async () => await client.GetStreamingResponseAsync("Hi", cancellationToken: Cancellation).ToListAsync(Cancellation));
        await Assert.ThrowsAsync<TimeoutException>(() => client.GetResponseAsync("Hi", cancellationToken: Cancellation));

        Assert.Equal(2, recording.Spans.Count);
        Assert.All(recording.Spans, span =>
        {
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.Equal("System.TimeoutException", span.GetTagItem("error.type"));
        });
        Assert.Equal(2, recording.Of("gen_ai.client.operation.duration").Count);
    }

    private sealed class Recording : IDisposable
    {
        private readonly ActivityListener _spans;
        private readonly MeterListener _measurements;
        private readonly ConcurrentQueue<(string Name, double Value)> _values = new();

        public Recording(string name)
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = source => source.Name == name,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Spans.Enqueue,
            };
            ActivitySource.AddActivityListener(_spans);
            _measurements = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    if (instrument.Meter.Name == name)
                    {
                        listener.EnableMeasurementEvents(instrument);
                    }
                },
            };
            _measurements.SetMeasurementEventCallback<int>((instrument, value, _, _) => _values.Enqueue((instrument.Name, value)));
            _measurements.SetMeasurementEventCallback<double>((instrument, value, _, _) => _values.Enqueue((instrument.Name, value)));
            _measurements.Start();
        }

        public ConcurrentQueue<Activity> Spans { get; } = new();

        public List<double> Of(string instrument) => [.. _values.Where(value => value.Name == instrument).Select(value => value.Value)];

        public void Dispose()
        {
            _spans.Dispose();
            _measurements.Dispose();
        }
    }
}
