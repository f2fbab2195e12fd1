using System.Diagnostics;
using System.Net;
using ChatApp.Inference.Engines;
using ChatApp.Tests.Inference.Faults;
using ChatApp.Tests.Inference.Targets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Attempts;

/// <summary>Which target of a chain is asked, and what a caller learns when none can be.</summary>
public sealed class ChainTests
{
    [Fact]
    public async Task Call_FirstStepReady_StaysThere()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, InjectedFault.None);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("Hello there, how are you?", (await chain.AskAsync(stream: i % 2 == 0)).Text);
        }

        Assert.Empty(chain.Second.Calls);
    }

    [Fact]
    public async Task Call_FirstFailsAgainAndAgain_RestsAndIsTriedLater()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.ServerError));
        var health = chain.Gateway.Services.GetRequiredService<EngineHealth>();

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("Second answers", (await chain.AskAsync(stream: true)).Text);
        }

        Assert.Equal((EngineCircuit.Threshold, EngineCondition.Resting), (chain.First.Calls.Count, health.Of("first").Condition));
        chain.First.Fault = InjectedFault.None;
        await Until.TrueAsync(() => health.Of("first").IsReady);
        Assert.Equal("Hello there, how are you?", (await chain.AskAsync(stream: true)).Text);
    }

    [Fact]
    public async Task Call_AllRest_TheyAreTriedAllTheSame()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.Reset));
        chain.Second.Fault = new InjectedFault(TargetFault.Reset);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal((HttpStatusCode.BadGateway, "engine_failed"), await StatusAsync(chain));
        }

        chain.Second.Fault = InjectedFault.None;

        Assert.Equal("Second answers", (await chain.AskAsync(stream: true)).Text);
    }

    [Fact]
    public async Task Call_TargetLacksTheCapability_IsPassedOver()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, InjectedFault.None, ("Gateway:Models:0:Targets:0:Capabilities", "Embedding"));

        Assert.Equal("Second answers", (await chain.AskAsync(stream: true)).Text);
        Assert.Empty(chain.First.Calls);
    }

    [Theory]
    [InlineData("Capabilities", "Embedding", "not_supported")]
    [InlineData("ContextTokens", "1", "context_too_long")]
    public async Task Call_NoTargetCan_Is400AndSaysWhy(string name, string value, string code)
    {
        await using var chain = await FaultyGateway.StartAsync(
            EngineKind.OpenAI, InjectedFault.None, ($"Gateway:Models:0:Targets:0:{name}", value), ($"Gateway:Models:0:Targets:1:{name}", value));

        Assert.Equal((HttpStatusCode.BadRequest, code), await StatusAsync(chain));
        Assert.Empty(chain.First.Calls);
        Assert.Empty(chain.Second.Calls);
    }

    [Theory]
    [InlineData("", "Hello there, how are you?")]
    [InlineData("only", "Second answers")]
    public async Task Call_StaysInside_PassesOverWhatIsOutside(string inside, string text)
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, InjectedFault.None, ("Engines:0:Outside", "true"));
        Inside(chain, inside);

        Assert.Equal(text, (await chain.AskAsync(stream: true)).Text);
        Assert.Equal(inside.Length == 0 ? 1 : 0, chain.First.Calls.Count);
    }

    [Fact]
    public async Task Call_StaysInside_FailsRatherThanGoOutside()
    {
        await using var chain = await FaultyGateway.StartAsync(
            EngineKind.OpenAI, new InjectedFault(TargetFault.ServerError), ("Engines:1:Outside", "true"));
        Inside(chain, "only");

        Assert.Equal((HttpStatusCode.BadGateway, "engine_failed"), await StatusAsync(chain));
        Assert.Empty(chain.Second.Calls);
    }

    [Fact]
    public async Task Call_StaysInsideAndAllAreOutside_SaysSo()
    {
        await using var chain = await FaultyGateway.StartAsync(
            EngineKind.OpenAI, InjectedFault.None, ("Engines:0:Outside", "true"), ("Engines:1:Outside", "true"));
        Inside(chain, "only");

        Assert.Equal((HttpStatusCode.Conflict, "only_outside"), await StatusAsync(chain));
        Assert.Empty(chain.First.Calls);
        Assert.Empty(chain.Second.Calls);
    }

    [Fact]
    public async Task Call_DeadlinePasses_Is504InTime()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.Hang), ("Gateway:FirstTokenTimeout", "00:01:00"), ("Gateway:ActivityTimeout", "00:01:00"));
        chain.Second.Fault = new InjectedFault(TargetFault.Hang);
        var began = Stopwatch.GetTimestamp();

        var answer = await chain.AskAsync(stream: true, deadline: "600");

        Assert.Equal((HttpStatusCode.GatewayTimeout, "deadline_exceeded"), (answer.Status, answer.Code));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromMilliseconds(590), TimeSpan.FromSeconds(5));
        await chain.SettledAsync(connections: 0);
    }

    [Fact]
    public async Task Call_FirstHangsBeyondHalfOfTheDeadline_TheSecondAnswersWithinIt()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.Hang), ("Gateway:FirstTokenTimeout", "00:01:00"), ("Gateway:ActivityTimeout", "00:01:00"));

        Assert.Equal("Second answers", (await chain.AskAsync(stream: true, deadline: "3000")).Text);
    }

    [Fact]
    public async Task Call_OneTryAllowed_IsTheOnlyOne()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.ServerError), ("Gateway:MaxAttempts", "1"));

        Assert.Equal((HttpStatusCode.BadGateway, "engine_failed"), await StatusAsync(chain));
        Assert.Empty(chain.Second.Calls);
    }

    [Fact]
    public async Task Call_AllRateLimited_Is429WithTheSoonestRetryAfter()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.Anthropic, new InjectedFault(TargetFault.TooManyRequests));
        chain.Second.Fault = new InjectedFault(TargetFault.TooManyRequests);

        var answer = await chain.AskAsync(stream: true);

        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests", TimeSpan.FromSeconds(2)), (answer.Status, answer.Code, answer.RetryAfter));
    }

    [Theory]
    [InlineData(EngineKind.OpenAI)]
    [InlineData(EngineKind.Anthropic)]
    [InlineData(EngineKind.Ollama)]
    public async Task Call_CallersFault_IsPassedOnAndNobodyElseIsAsked(EngineKind kind)
    {
        await using var chain = await FaultyGateway.StartAsync(kind, new InjectedFault(TargetFault.ContextTooLong));

        var answer = await chain.AskAsync(stream: true);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Single(answer.Errors);
        Assert.NotNull(answer.Message);
        Assert.Empty(chain.Second.Calls);
        await chain.SettledAsync(connections: 1);
    }

    [Fact]
    public async Task Call_FirstIsLoading_IsWaitedForWhenThereIsPatience()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.LlamaCpp, new InjectedFault(TargetFault.Loading), ("Gateway:LoadingPatience", "00:00:30"));
        var call = chain.AskAsync(stream: true);
        // The probes that the call waits with have seen it.
        await Until.TrueAsync(() => chain.First.Requests.Count(static request => request.Path == "/health") > 1);
        Assert.False(call.IsCompleted);

        chain.First.Fault = InjectedFault.None;

        Assert.Equal("Hello there, how are you?", (await call).Text);
        Assert.Empty(chain.Second.Calls);
    }

    [Fact]
    public async Task Call_FirstStaysLoading_TheNextStepAnswersAfterTheCallsPatience()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.LlamaCpp, new InjectedFault(TargetFault.Loading), ("Gateway:LoadingPatience", "00:00:00.5"));

        Assert.Equal("Second answers", (await chain.AskAsync(stream: true)).Text);
        Assert.Equal(EngineCondition.Loading, chain.Gateway.Services.GetRequiredService<EngineHealth>().Of("first").Condition);
    }

    [Fact]
    public async Task Call_AllLoading_Is503AndSaysSo()
    {
        await using var first = await FakeTarget.StartAsync(EngineKind.LlamaCpp);
        first.Fault = new InjectedFault(TargetFault.Loading);
        await using var gateway = await GatewayHost.StartAsync([.. first.Settings(0, "first", GatewayHost.Model), ("Gateway:LoadingPatience", "00:00:00")]);

        using var response = await gateway.ChatAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("engine_loading", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static void Inside(FaultyGateway chain, string value)
    {
        if (value.Length > 0)
        {
            chain.Gateway.Client.DefaultRequestHeaders.Add("ChatApp-Inside", value);
        }
    }

    private static async Task<(HttpStatusCode, string?)> StatusAsync(FaultyGateway chain)
    {
        var answer = await chain.AskAsync(stream: true);
        return (answer.Status, answer.Code);
    }
}
