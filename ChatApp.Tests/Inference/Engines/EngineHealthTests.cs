using System.Net;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;
using ChatApp.Tests.Inference.Faults;
using ChatApp.Tests.Inference.Targets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Engines;

/// <summary>What the gateway knows of engines from asking them in the background.</summary>
public sealed class EngineHealthTests
{
    private static (string, string) Probing => ("Gateway:ProbeInterval", "00:00:00.05");

    public static TheoryData<EngineKind> Kinds => [EngineKind.OpenAI, EngineKind.LlamaCpp, EngineKind.Ollama, EngineKind.AzureOpenAI, EngineKind.Anthropic];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Probe_EachKind_IsAskedInItsOwnWay(EngineKind kind)
    {
        await using var chain = await FaultyGateway.StartAsync(kind, InjectedFault.None);
        var readiness = chain.Gateway.Services.GetRequiredService<EngineReadiness>();

        var states = await readiness.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(EngineState.Ready, states["first"]);
    }

    [Fact]
    public async Task Probe_EngineDown_IsPassedOverBeforeACallMeetsIt()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.LlamaCpp, new InjectedFault(TargetFault.Refuse), Probing);
        var health = chain.Gateway.Services.GetRequiredService<EngineHealth>();
        await Until.TrueAsync(() => health.Of("first").Condition == EngineCondition.Down);

        Assert.Equal("Second answers", (await chain.AskAsync(stream: true)).Text);
        Assert.Empty(chain.First.Requests);

        chain.First.Fault = InjectedFault.None;
        await Until.TrueAsync(() => health.Of("first").IsReady);
        Assert.Equal("Hello there, how are you?", (await chain.AskAsync(stream: true)).Text);
    }

    [Fact]
    public async Task Probe_EngineLoading_IsKnownBeforeACallMeetsIt()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.LlamaCpp, new InjectedFault(TargetFault.Loading), Probing);
        var health = chain.Gateway.Services.GetRequiredService<EngineHealth>();
        await Until.TrueAsync(() => health.Of("first").Condition == EngineCondition.Loading);

        Assert.Equal("Second answers", (await chain.AskAsync(stream: true)).Text);
        Assert.Empty(chain.First.Calls);
    }

    [Fact]
    public async Task Models_EngineIsTakenAway_IsForgotten()
    {
        await using var chain = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.Refuse));
        var health = chain.Gateway.Services.GetRequiredService<EngineHealth>();
        var models = chain.Gateway.Services.GetRequiredService<ModelDirectory>();
        for (var i = 0; i < EngineCircuit.Threshold; i++)
        {
            Assert.Equal("Second answers", (await chain.AskAsync(stream: true)).Text);
        }

        Assert.Equal(EngineCondition.Resting, health.Of("first").Condition);

        var before = models.Current;
        models.Set(new ModelSnapshot(before.Version + 1, [before.Engines[1]], [before.Models[0] with { Targets = [before.Models[0].Targets[1]] }]));

        Assert.Equal(EngineState.Ready, health.Of("first"));
        Assert.Equal(HttpStatusCode.OK, (await chain.AskAsync(stream: true)).Status);
    }
}
