using System.Diagnostics;
using System.Net;
using ChatApp.Inference.Engines;
using ChatApp.Tests.Inference.Targets;
using Xunit;

namespace ChatApp.Tests.Inference.Faults;

/// <summary>
/// Everything that can go wrong at a target, on each kind of target: the caller gets a complete answer from the next one, or where
/// the first token was out one clear error; and nothing is left behind.
/// </summary>
public sealed class FaultTests
{
    private static readonly EngineKind[] Kinds = [EngineKind.OpenAI, EngineKind.LlamaCpp, EngineKind.Ollama, EngineKind.AzureOpenAI, EngineKind.Anthropic];

    // What ends properly may leave its connections for the next calls; the others are closed.
    private static readonly TargetFault[] Closed =
        [TargetFault.Refuse, TargetFault.Hang, TargetFault.SlowBytes, TargetFault.PingsOnly, TargetFault.Reset, TargetFault.OversizedEvent];

    public static TheoryData<EngineKind, TargetFault> BeforeTheFirstToken => All(
        TargetFault.Refuse,
        TargetFault.Hang,
        TargetFault.SlowBytes,
        TargetFault.PingsOnly,
        TargetFault.ServerError,
        TargetFault.MalformedEvent,
        TargetFault.HalfJson,
        TargetFault.WrongContentType,
        TargetFault.Reset,
        TargetFault.EndEarly,
        TargetFault.OversizedEvent,
        TargetFault.TooManyRequests,
        TargetFault.Loading,
        TargetFault.KeyRefused);

    public static TheoryData<EngineKind, TargetFault> AfterTheFirstToken => All(
        TargetFault.Hang,
        TargetFault.SlowBytes,
        TargetFault.PingsOnly,
        TargetFault.ServerError,
        TargetFault.MalformedEvent,
        TargetFault.HalfJson,
        TargetFault.Reset,
        TargetFault.EndEarly,
        TargetFault.OversizedEvent);

    [Theory]
    [MemberData(nameof(BeforeTheFirstToken))]
    public async Task Call_TargetFailsBeforeTheFirstToken_TheNextOneAnswersInFull(EngineKind kind, TargetFault fault)
    {
        await using var faulty = await FaultyGateway.StartAsync(kind, new InjectedFault(fault));
        var began = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(faulty.AskAsync(stream: true), faulty.AskAsync(stream: false));

        Assert.All(answers, static answer =>
        {
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal("Second answers", answer.Text);
            Assert.Empty(answer.Errors);
        });
        Assert.True(answers[0].IsDone);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, FaultyGateway.Bound);
        Assert.True(fault is TargetFault.Refuse || faulty.First.Calls.Count > 0, "The first target was never asked.");
        await faulty.SettledAsync(connections: Closed.Contains(fault) ? 0 : 2);
    }

    [Theory]
    [InlineData(EngineKind.OpenAI)]
    [InlineData(EngineKind.LlamaCpp)]
    [InlineData(EngineKind.Ollama)]
    [InlineData(EngineKind.AzureOpenAI)]
    [InlineData(EngineKind.Anthropic)]
    public async Task Call_TargetIsKilled_TheNextOneAnswersInFull(EngineKind kind)
    {
        await using var faulty = await FaultyGateway.StartAsync(kind, InjectedFault.None);
        Assert.Equal("Hello there, how are you?", (await faulty.AskAsync(stream: true)).Text);

        await faulty.KillFirstAsync();

        // Also over a connection that was left open.
        Assert.Equal("Second answers", (await faulty.AskAsync(stream: true)).Text);
        Assert.Equal("Second answers", (await faulty.AskAsync(stream: false)).Text);
        await faulty.SettledAsync(connections: 0);
    }

    [Theory]
    [MemberData(nameof(AfterTheFirstToken))]
    public async Task Stream_TargetFailsAfterTheFirstToken_EndsWithOneError(EngineKind kind, TargetFault fault)
    {
        // Enough events for a first piece of text in every kind's words.
        await using var faulty = await FaultyGateway.StartAsync(kind, new InjectedFault(fault, AfterEvents: 5));
        var isOut = new TaskCompletionSource();
        faulty.First.BeforeEvent = (index, leaving) => index == 5 ? isOut.Task.WaitAsync(leaving) : Task.CompletedTask;
        var began = Stopwatch.GetTimestamp();

        // The headers leave with the first token. A fault that comes with it in one piece would still be retried.
        using var response = await faulty.SendAsync(stream: true, deadline: null, TestContext.Current.CancellationToken);
        isOut.SetResult();
        var answer = new CallerAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), null);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("Hello", answer.Text, StringComparison.Ordinal);
        Assert.False(answer.IsDone);
        Assert.Equal(fault is TargetFault.Hang or TargetFault.SlowBytes or TargetFault.PingsOnly ? "engine_timeout" : "engine_failed", answer.Code);
        Assert.NotNull(answer.Events[^1]["error"]);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, FaultyGateway.Bound);
        // The first token was out, so nobody else was asked.
        Assert.Empty(faulty.Second.Calls);
        await faulty.SettledAsync(connections: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_EveryTargetFails_GetsOneErrorThatNamesThem(bool stream)
    {
        await using var faulty = await FaultyGateway.StartAsync(EngineKind.OpenAI, new InjectedFault(TargetFault.ServerError));
        faulty.Second.Fault = new InjectedFault(TargetFault.Hang);

        var answer = await faulty.AskAsync(stream);

        Assert.Equal((HttpStatusCode.BadGateway, "engine_failed"), (answer.Status, answer.Code));
        Assert.Contains("first (status_500), second (timeout)", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("The target failed", answer.Message, StringComparison.Ordinal);
        await faulty.SettledAsync(connections: 1);
    }

    private static TheoryData<EngineKind, TargetFault> All(params TargetFault[] faults)
    {
        var all = new TheoryData<EngineKind, TargetFault>();
        foreach (var kind in Kinds)
        {
            foreach (var fault in faults)
            {
                all.Add(kind, fault);
            }
        }

        return all;
    }
}
