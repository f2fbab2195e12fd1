using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class TurnEventSubscriptionTests
{
    [Fact]
    public void Offer_MoreThanItHolds_SaysThatSomethingWasMissedAndKeepsTheOldest()
    {
        using var subscription = new TurnEventSubscription(static _ => { });
        for (var seq = 1; seq <= 1000; seq++)
        {
            subscription.Offer(StoredTurnEvents.Delta(seq, seq, "x"));
        }

        var taken = 0;
        while (subscription.TryTake(out var turnEvent))
        {
            Assert.Equal(++taken, turnEvent.Seq);
        }

        Assert.InRange(taken, 1, 999);
        Assert.True(subscription.TakeMissed());
        Assert.False(subscription.TakeMissed());
    }

    [Fact]
    public async Task Wait_NothingComes_EndsWithPatience()
    {
        var time = new ManualTime();
        using var subscription = new TurnEventSubscription(static _ => { });

        var wait = subscription.WaitAsync(TimeSpan.FromSeconds(3), time, TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.False(await wait);
    }

    [Fact]
    public async Task Wait_AfterAWaitThatGaveUp_StillSeesWhatComes()
    {
        var time = new ManualTime();
        using var subscription = new TurnEventSubscription(static _ => { });
        var first = subscription.WaitAsync(TimeSpan.FromSeconds(3), time, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(3));
        await first;

        var second = subscription.WaitAsync(TimeSpan.FromSeconds(3), time, TestContext.Current.CancellationToken);
        subscription.Offer(StoredTurnEvents.Delta(1, 0, "x"));

        Assert.True(await second.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Dispose_Twice_LeavesOnce()
    {
        var left = 0;
        var subscription = new TurnEventSubscription(_ => left++);

        subscription.Dispose();
        subscription.Dispose();

        Assert.Equal(1, left);
    }
}
