using System.Diagnostics;
using ChatApp.Api.Limits.Windows;
using ChatApp.Tests.Stack;
using ChatApp.Tests.Turns;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>The script in the real Redis, by the times that Redis says.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class WindowScriptTests(StackFixture stack, ITestOutputHelper output) : IAsyncLifetime
{
    private ConnectionMultiplexer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis);

    public ValueTask DisposeAsync()
    {
        _redis.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Take_AnyRulesAtAnyTimes_IsWhatTheModelSays(int seed)
    {
        var random = new Random(seed);
        var run = Guid.NewGuid().ToString("N");
        LimitRule[] all =
        [
            new("a", $"{run}:a", 5, TimeSpan.FromMilliseconds(40)),
            new("b", $"{run}:b", 9, TimeSpan.FromMilliseconds(90)),
            new("c", $"{run}:c", 8, TimeSpan.FromMilliseconds(120)) { Free = 3, Pause = TimeSpan.FromMilliseconds(3) },
        ];
        var model = new WindowModel();
        var outcomes = new HashSet<bool>();
        for (var step = 0; step < 400; step++)
        {
            LimitRule[] rules = [.. all.Where(_ => random.Next(3) > 0)];
            if (rules is [])
            {
                continue;
            }

            var (now, verdict) = await TakeAsync(rules);

            Assert.Equal(model.Take(now, rules), verdict.IsAllowed);
            Assert.Equal(rules.Select(r => model.Count(r, now)), verdict.States.Select(static s => s.Count));
            Assert.Equal(verdict.IsAllowed, verdict.States.All(static s => s.Wait == TimeSpan.Zero));
            outcomes.Add(verdict.IsAllowed);
            if (random.Next(6) == 0)
            {
                await Task.Delay(random.Next(25), TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public async Task Take_AcrossAFixedWindowsBorder_DoesNotLetTwiceAsMuchPass()
    {
        var rule = new LimitRule("user", Guid.NewGuid().ToString("N"), 10, TimeSpan.FromMilliseconds(300));
        var passed = new List<long>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(1.2))
        {
            var (now, verdict) = await TakeAsync([rule]);
            if (verdict.IsAllowed)
            {
                passed.Add(now);
            }
        }

        // Nowhere are there eleven within a window; and what may pass does.
        Assert.All(passed.Zip(passed.Skip(10)), static pair => Assert.True(pair.Second - pair.First >= 300_000));
        Assert.InRange(passed.Count, 30, 50);
    }

    [Fact]
    public async Task Take_Refused_CountsUnderNoRuleAndSaysWhenItPasses()
    {
        var run = Guid.NewGuid().ToString("N");
        LimitRule few = new("few", $"{run}:few", 1, TimeSpan.FromMilliseconds(200));
        LimitRule many = new("many", $"{run}:many", 100, TimeSpan.FromSeconds(10));
        await TakeAsync([few, many]);

        var (_, refused) = await TakeAsync([few, many]);
        Assert.False(refused.IsAllowed);
        Assert.Equal("few", refused.Refusing.Rule.Name);
        Assert.Equal([1, 1], refused.States.Select(static s => s.Count));
        await Task.Delay(refused.Refusing.Wait + TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);

        Assert.True((await TakeAsync([few, many])).Verdict.IsAllowed);
    }

    [Fact]
    public async Task Take_FromManyConnections_LetsExactlyTheLimitPass()
    {
        using var other = await ConnectionMultiplexer.ConnectAsync(stack.Redis);
        var rule = new LimitRule("user", Guid.NewGuid().ToString("N"), 37, TimeSpan.FromMinutes(1));

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => TakeAsync([rule], i % 2 == 0 ? _redis : other)));

        Assert.Equal(37, verdicts.Count(static v => v.Verdict.IsAllowed));
    }

    /// <summary>Says what a call costs. The figure means something on a quiet machine only.</summary>
    [Fact]
    public async Task Take_ThreeRules_TellsItsTime()
    {
        var run = Guid.NewGuid().ToString("N");
        LimitRule[] rules = [.. Enumerable.Range(0, 3).Select(i => new LimitRule("x", $"{run}:{i}", 600, TimeSpan.FromSeconds(5)))];
        await TakeAsync(rules);
        const int calls = 2000;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++)
        {
            await TakeAsync(rules);
        }

        output.WriteLine($"{clock.Elapsed.TotalMicroseconds / calls:0} µs a call, one after another");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }

    private async Task<(long Now, LimitVerdict Verdict)> TakeAsync(LimitRule[] rules, ConnectionMultiplexer? redis = null)
    {
        object[] arguments =
        [
            WindowScript.Take, rules.Length, .. rules.Select(static r => (object)(RedisKey)LimitRedis.Key(r.Subject)), .. rules.SelectMany(WindowScript.Arguments),
        ];
        var answer = await (redis ?? _redis).GetDatabase().ExecuteAsync("EVAL", arguments);
        return ((long)((RedisResult[])answer!)[0], WindowScript.Read(answer, rules));
    }
}
