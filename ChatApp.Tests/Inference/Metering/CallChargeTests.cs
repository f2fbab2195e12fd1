using ChatApp.Inference.Metering;
using ChatApp.Inference.Models;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

public sealed class CallChargeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"stream\":true")]
    [InlineData("\"stream\":false")]
    public async Task Charge_EngineCounts_IsItsTokensAtTheTargetsPrice(string form)
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(engine.Address);

        using var answer = await gateway.ChatAsync("ann", form);

        var row = await SingleRowAsync(gateway);
        Assert.Equal(("ann", GatewayHost.Model, "first"), (row.Key.Caller, row.Key.Model, row.Key.Engine));
        Assert.Equal((1000L, 400L, 50L), (row.Amounts.InputTokens, row.Amounts.CachedInputTokens, row.Amounts.OutputTokens));
        Assert.Equal(CountingEngine.Cost, row.Amounts.Cost);
        Assert.Equal((1L, 0L, 0L, 1L), (row.Amounts.Requests, row.Amounts.Failed, row.Amounts.Estimated, row.Amounts.FirstTokens));
    }

    [Fact]
    public async Task Charge_EngineDoesNotCount_IsEstimatedAndMarked()
    {
        await using var engine = await LoopbackServer.StartAsync(context => EngineAnswer.WriteEventsAsync(
            context, EngineAnswer.Event("One"), EngineAnswer.Event("Two"), EngineAnswer.Event("Three"), EngineAnswer.Finish, EngineAnswer.Done));
        await using var gateway = await MeteredGateway.StartAsync(engine.Address);

        using var answer = await gateway.ChatAsync("ann");

        var amounts = (await SingleRowAsync(gateway)).Amounts;
        Assert.Equal((1L, 3L), (amounts.Estimated, amounts.OutputTokens));
        Assert.InRange(amounts.InputTokens, 5, 30);
        Assert.True(amounts.Cost > 0);
    }

    [Fact]
    public async Task Charge_EngineBreaksOffInTheMiddle_IsWhatWasWrittenAndFailed()
    {
        var hasArrived = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("One"), EngineAnswer.Event("Two"));
            await hasArrived.Task;
            context.Abort();
        });
        await using var gateway = await MeteredGateway.StartAsync(engine.Address);

        using var answer = await gateway.Host.ChatAsync(Cancellation);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        Assert.True(await stream.ReadAsync(new byte[10], Cancellation) > 0);
        hasArrived.SetResult();

        var amounts = (await SingleRowAsync(gateway)).Amounts;
        Assert.Equal((1L, 1L, 1L), (amounts.Requests, amounts.Failed, amounts.Estimated));
        Assert.InRange(amounts.OutputTokens, 1, 2);
    }

    [Fact]
    public async Task Charge_CallerLeavesInTheMiddle_IsWhatWasWrittenAndNoFailure()
    {
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("One"), EngineAnswer.Event("Two"));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var gateway = await MeteredGateway.StartAsync(engine.Address);

        using (var answer = await gateway.Host.ChatAsync(Cancellation))
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
            Assert.True(await stream.ReadAsync(new byte[10], Cancellation) > 0);
        }

        var amounts = (await SingleRowAsync(gateway)).Amounts;
        Assert.Equal((1L, 0L, 1L), (amounts.Requests, amounts.Failed, amounts.Estimated));
        Assert.InRange(amounts.OutputTokens, 1, 2);
    }

    [Fact]
    public async Task Charge_NoEngineAnswers_IsNothing()
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());

        using var answer = await gateway.ChatAsync("ann");

        var amounts = (await SingleRowAsync(gateway)).Amounts;
        Assert.Equal(new UsageAmounts { Requests = 1, Failed = 1 }, amounts with { QueuedMilliseconds = 0 });
    }

    [Fact]
    public void Expected_ChainWithDearFallback_IsAtThePriceOfTheFirstStep()
    {
        var call = TestCalls.Create(targets:
        [
            TestCalls.Target("dear", new TargetPrice(1000, 1000, 1000), priority: 1),
            TestCalls.Target("cheap", new TargetPrice(1, 1, 2)),
            TestCalls.Target("free"),
        ]);

        Assert.Equal(new CallCharge(100, 0, 20, 0.00014m, IsEstimated: true), CallCharge.Expected(call));
    }

    [Fact]
    public void Of_MoreCachedThanThereWas_CostsNoLessThanNothing()
    {
        var call = TestCalls.Create();
        call.Attempts.Add(new(TestCalls.Target(price: new TargetPrice(1, 0.5m, 1)), 0));
        call.Usage.IsCounted = true;
        call.Usage.InputTokens = 1_000_000;
        call.Usage.CachedTokens = 3_000_000;

        Assert.Equal(0.5m, CallCharge.Of(call, new DefaultHttpContext().Response).Cost);
    }

    private static async Task<UsageRow> SingleRowAsync(MeteredGateway gateway)
    {
        var ledger = gateway.Get<UsageLedger>();
        await Eventually.TrueAsync(() => ledger.Read().Count > 0);
        return Assert.Single(ledger.Read());
    }
}
