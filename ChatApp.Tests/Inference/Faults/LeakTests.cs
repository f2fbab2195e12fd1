using System.Net;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;
using ChatApp.Tests.Inference.Targets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Faults;

/// <summary>Hundreds of calls that fail leave nothing behind. Alone in the process, so that what grows is theirs.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class LeakTests
{
    private const int Rounds = 15;
    private const long Allowed = 2 * 1024 * 1024;

    private static readonly InjectedFault[] Faults =
    [
        new(TargetFault.ServerError),
        new(TargetFault.Reset),
        new(TargetFault.HalfJson),
        new(TargetFault.MalformedEvent),
        new(TargetFault.EndEarly),
        new(TargetFault.WrongContentType),
        new(TargetFault.TooManyRequests),
        new(TargetFault.ServerError, AfterEvents: 5),
        new(TargetFault.Reset, AfterEvents: 5),
        new(TargetFault.HalfJson, AfterEvents: 5),
        new(TargetFault.MalformedEvent, AfterEvents: 5),
        new(TargetFault.EndEarly, AfterEvents: 5),
    ];

    [Theory]
    [InlineData(EngineKind.OpenAI)]
    [InlineData(EngineKind.Anthropic)]
    public async Task Calls_HundredsThatFail_LeaveNoConnectionPlaceTimerOrMemory(EngineKind kind)
    {
        await using var faulty = await FaultyGateway.StartAsync(kind, InjectedFault.None, ("Gateway:FirstTokenTimeout", "00:01:00"), ("Gateway:IdleTimeout", "00:01:00"), ("Gateway:ActivityTimeout", "00:01:00"));
        await RunAsync(faulty, Rounds / 2);
        var (memory, timers) = (Memory(faulty), Timer.ActiveCount);

        await RunAsync(faulty, Rounds);

        await faulty.SettledAsync(connections: 2);
        Assert.True(faulty.First.Calls.Count > Rounds, "The first target was hardly asked.");
        Assert.InRange(Timer.ActiveCount, 0, timers + 10);
        Assert.InRange(Memory(faulty), 0, memory + Allowed);
    }

    private static async Task RunAsync(FaultyGateway faulty, int rounds)
    {
        var health = faulty.Gateway.Services.GetRequiredService<EngineHealth>();
        var engine = faulty.Gateway.Services.GetRequiredService<ModelDirectory>().Current.Engines[0];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var fault in Faults)
            {
                // Or it would rest most of the time.
                health.End(engine, failure: null);
                faulty.First.Fault = fault;
                var answer = await faulty.AskAsync(stream: round % 5 != 0);
                Assert.Equal(HttpStatusCode.OK, answer.Status);
                Assert.True(answer.IsDone || answer.Errors.Count == 1 || answer.Text.Length > 0, answer.Body);
            }
        }
    }

    private static long Memory(FaultyGateway faulty)
    {
        // What the targets keep of their requests is theirs.
        faulty.First.Requests.Clear();
        faulty.Second.Requests.Clear();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
