using ChatApp.Inference.Admission;
using Xunit;

namespace ChatApp.Tests.Inference.Admission;

public sealed class EngineQueueTests
{
    private static readonly QueueBounds Wide = new(10_000, 10_000);

    [Fact]
    public void Enter_FreePlaces_EntersAtOnceAndCounts()
    {
        var queue = new EngineQueue(2, Wide);

        Assert.Equal(Admittance.Entered, queue.Enter("a", 10, out var first));
        Assert.Equal(Admittance.Entered, queue.Enter("a", 20, out _));
        Assert.Equal(Admittance.Waiting, queue.Enter("a", 30, out var third));

        Assert.Null(first);
        Assert.NotNull(third);
        Assert.Equal((2, 1, 60), (queue.InFlight, queue.Queued, queue.Tokens));
    }

    [Fact]
    public void Leave_OneWaits_ItGetsThePlace()
    {
        var queue = new EngineQueue(1, Wide);
        queue.Enter("a", 10, out _);
        queue.Enter("b", 20, out var waiting);

        queue.Leave(10, TimeSpan.FromSeconds(1));

        Assert.Equal(Admittance.Entered, waiting!.Outcome());
        Assert.Equal((1, 0, 20), (queue.InFlight, queue.Queued, queue.Tokens));
    }

    [Fact]
    public void Enter_WhereOthersWait_DoesNotOvertakeThem()
    {
        var queue = new EngineQueue(1, Wide);
        queue.Enter("a", 10, out _);
        queue.Enter("b", 10, out var first);
        queue.Resize(2);
        Assert.True(first!.Task.IsCompleted);

        queue.Enter("b", 10, out _);
        Assert.Equal(Admittance.Waiting, queue.Enter("c", 10, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Leave_ACallerWithAHundredAndOneWithOne_TheOneIsServedNext(int slots)
    {
        var queue = new EngineQueue(slots, Wide);
        for (var i = 0; i < slots; i++)
        {
            queue.Enter("heavy", 100, out _);
        }

        var heavy = Wait(queue, "heavy", 100, 100);
        for (var i = 0; i < 10; i++)
        {
            queue.Leave(100, TimeSpan.FromSeconds(1));
        }

        queue.Enter("light", 100, out var light);
        var served = 0;
        while (!light!.Task.IsCompleted)
        {
            queue.Leave(100, TimeSpan.FromSeconds(1));
            served++;
        }

        Assert.InRange(served, 1, 2);
        Assert.Equal(10 + served - 1, heavy.Count(static call => call.Task.IsCompleted));
    }

    [Fact]
    public void Leave_LongCallsAgainstShortOnes_TokensAreSharedNotCalls()
    {
        var queue = new EngineQueue(1, Wide);
        queue.Enter("other", 1, out _);
        var longOnes = Wait(queue, "long", 1000, 100);
        var shortOnes = Wait(queue, "short", 100, 1000);

        for (var i = 0; i < 440; i++)
        {
            // Whoever is inside leaves.
            queue.Leave((int)(queue.Tokens - Waiting(longOnes) - Waiting(shortOnes)), TimeSpan.FromSeconds(1));
        }

        var (ofLong, ofShort) = (Served(longOnes), Served(shortOnes));
        Assert.InRange(ofLong - ofShort, -1000, 1000);
        Assert.Equal(440, longOnes.Concat(shortOnes).Count(static call => call.Task.IsCompleted));
    }

    [Fact]
    public void Enter_CallerThatCameBack_IsNotServedAheadOfThoseItOvertook()
    {
        var queue = new EngineQueue(1, Wide);
        queue.Enter("other", 1, out _);
        queue.Enter("greedy", 10_000, out var first);
        var patient = Wait(queue, "patient", 100, 10);
        queue.Leave(1, TimeSpan.FromSeconds(1));
        Assert.True(first!.Task.IsCompleted);

        // It has nothing waiting any more, and asks again.
        queue.Enter("greedy", 10_000, out var again);
        queue.Leave(10_000, TimeSpan.FromSeconds(1));
        for (var i = 0; i < 9; i++)
        {
            Assert.False(again!.Task.IsCompleted);
            queue.Leave(100, TimeSpan.FromSeconds(1));
        }

        Assert.All(patient, static call => Assert.True(call.Task.IsCompleted));
    }

    [Fact]
    public void Enter_MoreThanMayWait_IsRefused()
    {
        var queue = new EngineQueue(1, new QueueBounds(3, 2));
        queue.Enter("a", 1, out _);

        Assert.Equal(Admittance.Waiting, queue.Enter("a", 1, out _));
        Assert.Equal(Admittance.Waiting, queue.Enter("a", 1, out _));
        Assert.Equal(Admittance.CallerFull, queue.Enter("a", 1, out _));
        Assert.Equal(Admittance.Waiting, queue.Enter("b", 1, out _));
        Assert.Equal(Admittance.QueueFull, queue.Enter("c", 1, out _));
        Assert.Equal((1, 3, 4), (queue.InFlight, queue.Queued, queue.Tokens));
    }

    [Fact]
    public void Enter_CallersWithoutAName_AreNotTakenForOne()
    {
        var queue = new EngineQueue(1, new QueueBounds(3, 1));
        queue.Enter("", 1, out _);

        Assert.Equal(Admittance.Waiting, queue.Enter("", 1, out _));
        Assert.Equal(Admittance.Waiting, queue.Enter("", 1, out _));
    }

    [Fact]
    public void GiveUp_WaitingCall_LeavesAndTheNextGetsThePlace()
    {
        var queue = new EngineQueue(1, Wide);
        queue.Enter("a", 1, out _);
        queue.Enter("b", 10, out var left);
        queue.Enter("c", 100, out var next);

        left!.GiveUp(Admittance.CallerLeft);
        queue.Leave(1, TimeSpan.FromSeconds(1));

        Assert.Equal(Admittance.CallerLeft, left.Outcome());
        Assert.Equal(Admittance.Entered, next!.Outcome());
        next!.GiveUp(Admittance.TooLate);
        Assert.Equal(Admittance.Entered, next.Outcome());
        Assert.Equal((1, 0, 100), (queue.InFlight, queue.Queued, queue.Tokens));
    }

    [Fact]
    public void SendAway_AllThatWait_GoElsewhereAndThoseInsideStay()
    {
        var queue = new EngineQueue(1, Wide);
        queue.Enter("a", 1, out _);
        var waiting = Wait(queue, "a", 10, 3).Concat(Wait(queue, "b", 10, 3)).ToList();

        queue.SendAway();

        Assert.All(waiting, static call => Assert.Equal(Admittance.EngineGone, call.Outcome()));
        Assert.Equal((1, 0, 1), (queue.InFlight, queue.Queued, queue.Tokens));
        queue.Leave(1, TimeSpan.FromSeconds(1));
        Assert.Equal(Admittance.Entered, queue.Enter("a", 1, out _));
    }

    [Fact]
    public void ExpectedWait_FollowsQueueServiceTimeAndPlaces()
    {
        var queue = new EngineQueue(2, Wide);
        Assert.Equal(TimeSpan.Zero, queue.ExpectedWait);
        for (var i = 0; i < 100; i++)
        {
            queue.Enter("a", 1, out _);
            queue.Leave(1, TimeSpan.FromSeconds(i < 10 ? 1 : 8));
        }

        queue.Enter("a", 1, out _);
        queue.Enter("a", 1, out _);
        Wait(queue, "a", 1, 3);

        Assert.InRange(queue.ExpectedWait.TotalSeconds, 15.9, 16);
    }

    private static List<WaitingCall> Wait(EngineQueue queue, string caller, int tokens, int count)
    {
        List<WaitingCall> calls = [];
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(Admittance.Waiting, queue.Enter(caller, tokens, out var call));
            calls.Add(call!);
        }

        return calls;
    }

    private static long Served(List<WaitingCall> calls) => calls.Where(static call => call.Task.IsCompleted).Sum(static call => (long)call.Tokens);

    private static long Waiting(List<WaitingCall> calls) => calls.Where(static call => !call.Task.IsCompleted).Sum(static call => (long)call.Tokens);
}
