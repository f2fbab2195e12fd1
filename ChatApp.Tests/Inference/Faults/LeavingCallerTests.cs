using ChatApp.Inference.Engines;
using ChatApp.Tests.Inference.Targets;
using Xunit;

namespace ChatApp.Tests.Inference.Faults;

/// <summary>A caller that leaves ends what is done for it, wherever it is: at a target, between two, or in a queue.</summary>
public sealed class LeavingCallerTests
{
    public static TheoryData<EngineKind> Kinds => [EngineKind.OpenAI, EngineKind.LlamaCpp, EngineKind.Ollama, EngineKind.AzureOpenAI, EngineKind.Anthropic];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static (string, string)[] Patient => [("Gateway:FirstTokenTimeout", "00:01:00"), ("Gateway:ActivityTimeout", "00:01:00"), ("Gateway:IdleTimeout", "00:01:00")];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Leave_BeforeTheFirstToken_ClosesTheTargetAndAsksNoOther(EngineKind kind)
    {
        await using var faulty = await FaultyGateway.StartAsync(kind, new InjectedFault(TargetFault.Hang), Patient);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = faulty.SendAsync(stream: true, null, leaving.Token);
        await Until.TrueAsync(() => faulty.First.Calls.Count == 1);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await faulty.SettledAsync(connections: 0);
        Assert.Empty(faulty.Second.Calls);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Leave_MidStream_ClosesTheTarget(EngineKind kind)
    {
        await using var faulty = await FaultyGateway.StartAsync(kind, new InjectedFault(TargetFault.Hang, AfterEvents: 5), Patient);

        var response = await faulty.SendAsync(stream: true, null, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[10], Cancellation);
        response.Dispose();

        await faulty.SettledAsync(connections: 0);
        Assert.Empty(faulty.Second.Calls);
    }

    [Fact]
    public async Task Leave_WhileTheSecondIsTried_ClosesThatToo()
    {
        await using var faulty = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.ServerError), Patient);
        faulty.Second.Fault = new InjectedFault(TargetFault.Hang);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = faulty.SendAsync(stream: false, null, leaving.Token);
        await Until.TrueAsync(() => faulty.Second.Calls.Count == 1);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Until.TrueAsync(() => faulty.Second.Connections == 0);
        await faulty.SettledAsync(connections: 1);
    }

    [Fact]
    public async Task Leave_InTheQueue_GivesTheTurnUp()
    {
        await using var faulty = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.Hang), [.. Patient, ("Engines:0:Concurrency", "1")]);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var first = faulty.SendAsync(stream: true, null, leaving.Token);
        await Until.TrueAsync(() => faulty.First.Calls.Count == 1);
        var second = faulty.SendAsync(stream: true, null, leaving.Token);
        await Until.TrueAsync(() => faulty.Loads.Of("first").Queued == 1);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await faulty.SettledAsync(connections: 0);
        Assert.Single(faulty.First.Calls);
        Assert.Empty(faulty.Second.Calls);
    }
}
