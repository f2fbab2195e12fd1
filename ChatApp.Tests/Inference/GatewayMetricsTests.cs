using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatApp.Inference.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference;

public sealed class GatewayMetricsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_AreCountedByOutcome()
    {
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            if (context.Request.Path != "/v1/embeddings")
            {
                return EngineAnswer.WriteAsync(context);
            }

            context.Response.StatusCode = 400;
            return context.Response.WriteAsync("{}", context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        var outcomes = new ConcurrentQueue<string>();
        var firstBytes = 0;
        using var listener = Listen(gateway.Services, outcomes, () => Interlocked.Increment(ref firstBytes));

        using var completed = await gateway.ChatAsync(Cancellation);
        using var rejected = await gateway.Client.PostAsync("/v1/embeddings", GatewayHost.ChatBody(), Cancellation);
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        using var refused = await gateway.ChatAsync(Cancellation);

        await WaitForAsync(() => outcomes.Count == 3);
        Assert.Equal([CallOutcome.Completed, CallOutcome.Refused, CallOutcome.Rejected], outcomes.Order(StringComparer.Ordinal));
        Assert.Equal(1, firstBytes);
    }

    [Fact]
    public async Task Calls_ThatFail_AreCountedByOutcome()
    {
        var reached = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        await using var down = await GatewayHost.StartAsync(GatewayHost.DeadAddress());
        var outcomes = new ConcurrentQueue<string>();
        using var listener = Listen(gateway.Services, outcomes, static () => { });
        using var downListener = Listen(down.Services, outcomes, static () => { });

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = gateway.ChatAsync(leaving.Token);
        await reached.Task.WaitAsync(Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        using var unavailable = await down.ChatAsync(Cancellation);

        await WaitForAsync(() => outcomes.Count == 2);
        Assert.Equal([CallOutcome.ClientGone, CallOutcome.EngineUnavailable], outcomes.Order(StringComparer.Ordinal));
    }

    private static MeterListener Listen(IServiceProvider services, ConcurrentQueue<string> outcomes, Action firstByte)
    {
        // Several gateways run in this process; the factory tells whose meter it is.
        var factory = services.GetRequiredService<IMeterFactory>();
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
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "outcome")
                {
                    outcomes.Enqueue((string)tag.Value!);
                }
            }
        });
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => firstByte());
        listener.Start();
        return listener;
    }

    // A call is counted after its last byte has left, so a caller can be ahead of the count.
    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
