using ChatApp.Api.Limits.Windows;
using ChatApp.Tests.Turns;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>The windows of one process, which stand in for Redis.</summary>
public sealed class LocalWindowTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Take_AnyRulesAtAnyTimes_IsWhatTheModelSays(int seed)
    {
        var random = new Random(seed);
        var time = new ManualTime();
        var local = new LocalWindows(time);
        var model = new WindowModel();
        LimitRule[] all =
        [
            new("a", "a", 5, TimeSpan.FromSeconds(40)),
            new("b", "b", 9, TimeSpan.FromSeconds(90)),
            new("c", "c", 8, TimeSpan.FromSeconds(120)) { Free = 3, Pause = TimeSpan.FromSeconds(3) },
        ];
        var now = 0L;
        for (var step = 0; step < 5000; step++)
        {
            LimitRule[] rules = [.. all.Where(_ => random.Next(3) > 0)];
            var verdict = local.Take(rules);

            Assert.Equal(model.Take(now, rules), verdict.IsAllowed);
            Assert.Equal(rules.Select(r => model.Count(r, now)), verdict.States.Select(static s => s.Count));
            var milliseconds = random.Next(4) == 0 ? random.Next(20_000) : 0;
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            now += milliseconds * 1000L;
        }
    }

    [Fact]
    public void Take_MoreSubjectsThanAreKept_ShareOneWindow()
    {
        var local = new LocalWindows(new ManualTime());
        static LimitRule Of(int i) => new("address", $"address:{i}", 3, TimeSpan.FromMinutes(1));
        var early = Enumerable.Range(0, 20_000).Count(i => local.Take([Of(i)]).IsAllowed);

        var late = Enumerable.Range(20_000, 50).Count(i => local.Take([Of(i)]).IsAllowed);

        // One of them is the window that the late ones share.
        Assert.InRange(early, 19_999, 20_000);
        Assert.InRange(late, 2, 3);
        Assert.True(local.Take([Of(7)]).IsAllowed);
    }
}
