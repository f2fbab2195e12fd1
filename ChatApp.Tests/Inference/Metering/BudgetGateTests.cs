using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Inference.Metering;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

public sealed class BudgetGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_TokensUsedUp_Is429ThatSaysWhichLimitAndWhenItResets()
    {
        var asked = 0;
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref asked);
            }

            return CountingEngine.AnswerAsync(context);
        });
        await using var gateway = await MeteredGateway.StartAsync(engine.Address, ("Gateway:Budgets:Default:TokensPerDay", "2000"));

        using var first = await gateway.ChatAsync("ann");
        await UsedAsync(gateway, "ann", 1050);
        using var second = await gateway.ChatAsync("ann");
        await UsedAsync(gateway, "ann", 2100);
        using var third = await gateway.ChatAsync("ann");
        using var another = await gateway.ChatAsync("ben");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], [first.StatusCode, second.StatusCode, third.StatusCode, another.StatusCode]);
        Assert.Equal(3, asked);
        var error = (await third.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("budget_exceeded", error.GetProperty("code").GetString());
        Assert.Equal("insufficient_quota", error.GetProperty("type").GetString());
        Assert.Contains("2100 of 2000 tokens", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("T00:00:00Z", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        await Eventually.TrueAsync(() => gateway.Get<UsageLedger>().Read().Exists(row => row.Key is { Caller: "ann", Engine: "" } && row.Amounts is { Requests: 1, Failed: 1 }));
    }

    [Fact]
    public async Task Chat_CostUsedUp_Is429AndFreeModelsGoOn()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(engine.Address, ("Gateway:Budgets:Default:CostPerDay", "0.001"));

        using var first = await gateway.ChatAsync(null);
        await UsedAsync(gateway, "", 1050);
        using var second = await gateway.ChatAsync(null);
        gateway.Change(model => model with { Targets = [.. model.Targets.Select(target => target with { Price = null })] });
        using var free = await gateway.ChatAsync(null);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], [first.StatusCode, second.StatusCode, free.StatusCode]);
        Assert.Contains("0.00114 of 0.001 in cost", await second.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_CallsUnderWayExpectTheRest_Is429ForAMoment()
    {
        var hold = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
            {
                reached.TrySetResult();
                await hold.Task;
            }

            await CountingEngine.AnswerAsync(context);
        });
        await using var gateway = await MeteredGateway.StartAsync(engine.Address, ("Gateway:Budgets:Default:TokensPerDay", "500"), ("Gateway:ExpectedOutputTokens", "500"));

        var first = gateway.ChatAsync("ann");
        await reached.Task.WaitAsync(Cancellation);
        using var second = await gateway.ChatAsync("ann");
        hold.SetResult();
        using var answered = await first;

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], [answered.StatusCode, second.StatusCode]);
        Assert.Equal(TimeSpan.FromSeconds(5), second.Headers.RetryAfter!.Delta);
        Assert.Contains("calls under way", await second.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann", HttpStatusCode.OK)]
    [InlineData("ben", HttpStatusCode.TooManyRequests)]
    public async Task Chat_CallerWithABudgetOfItsOwn_HasItInPlaceOfTheDefault(string caller, HttpStatusCode expected)
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(
            engine.Address, ("Gateway:Budgets:Default:TokensPerDay", "0"), ("Gateway:Budgets:Callers:ann:CostPerDay", "1"));

        using var answer = await gateway.ChatAsync(caller);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static Task UsedAsync(MeteredGateway gateway, string caller, long tokens) => Eventually.TrueAsync(
        () => gateway.Get<BudgetAccounts>().Of(DateOnly.FromDateTime(DateTime.UtcNow), caller).Used.Tokens == tokens);
}
