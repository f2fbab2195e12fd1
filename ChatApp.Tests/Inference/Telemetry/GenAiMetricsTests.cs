using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatApp.Inference.Telemetry;
using ChatApp.Tests.Inference.Metering;
using Xunit;

namespace ChatApp.Tests.Inference.Telemetry;

public sealed class GenAiMetricsTests
{
    [Fact]
    public async Task Chat_Completed_IsMeasuredAsTheConventionsSayAndWithoutItsCaller()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(engine.Address);
        var measured = new ConcurrentQueue<Measured>();
        using var listener = Listen(gateway, measured);

        using var answer = await gateway.ChatAsync("ann");

        await Eventually.TrueAsync(() => measured.Any(one => one.Name == "gen_ai.client.operation.duration"));
        var tokens = measured.Where(one => one.Name == "gen_ai.client.token.usage").ToDictionary(one => one.Tags["gen_ai.token.type"]!, one => one.Value);
        Assert.Equal(new Dictionary<object, double> { ["input"] = 1000, ["output"] = 50 }, tokens);
        Assert.Single(measured, one => one.Name == "gen_ai.server.time_to_first_token" && one.Value is > 0 and < 60);
        Assert.Single(measured, one => one.Name == "gen_ai.server.time_per_output_token" && one.Value is >= 0 and < 60);
        Assert.Equal((double)CountingEngine.Cost, Assert.Single(measured, one => one.Name == "chatapp.inference.cost").Value, 1e-12);
        var duration = measured.Single(one => one.Name == "gen_ai.client.operation.duration").Tags;
        Assert.Equal("chat", duration["gen_ai.operation.name"]);
        Assert.Equal("llama_cpp", duration["gen_ai.provider.name"]);
        Assert.Equal(GatewayHost.Model, duration["gen_ai.request.model"]);
        Assert.DoesNotContain("error.type", duration);
        Assert.DoesNotContain(measured.SelectMany(one => one.Tags.Values), value => Equals(value, "ann"));
    }

    [Fact]
    public async Task Chat_NoEngine_DurationHasTheErrorsTypeAndThereAreNoTokens()
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());
        var measured = new ConcurrentQueue<Measured>();
        using var listener = Listen(gateway, measured);

        using var answer = await gateway.ChatAsync("ann");

        await Eventually.TrueAsync(() => measured.Any(one => one.Name == "gen_ai.client.operation.duration"));
        Assert.Equal("engine_unavailable", measured.Single(one => one.Name == "gen_ai.client.operation.duration").Tags["error.type"]);
        Assert.DoesNotContain(measured, one => one.Name is "gen_ai.client.token.usage" or "gen_ai.server.time_to_first_token");
    }

    [Fact]
    public async Task Collect_EngineDown_TellsItsLoadAndCondition()
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());
        var measured = new ConcurrentQueue<Measured>();
        using var listener = Listen(gateway, measured);

        // Has the engine asked how it is.
        using var health = await gateway.Host.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();

        Assert.Contains(measured, one => one is { Name: "chatapp.inference.engine.condition", Value: 1 } && Equals(one.Tags["condition"], "down"));
        Assert.Contains(measured, one => one is { Name: "chatapp.inference.engine.in_flight", Value: 0 } && Equals(one.Tags["engine"], "first"));
        Assert.Contains(measured, one => one is { Name: "chatapp.inference.engine.slots", Value: > 0 });
    }

    private static MeterListener Listen(MeteredGateway gateway, ConcurrentQueue<Measured> measured)
    {
        var factory = gateway.Get<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == GatewayMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue(new(instrument.Name, value, Copy(tags))));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Enqueue(new(instrument.Name, value, Copy(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue(new(instrument.Name, value, Copy(tags))));
        listener.Start();
        return listener;
    }

    private static Dictionary<string, object?> Copy(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var copy = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            copy.Add(tag.Key, tag.Value);
        }

        return copy;
    }

    private sealed record Measured(string Name, double Value, Dictionary<string, object?> Tags);
}
