using System.Diagnostics;
using ChatApp.Faults;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>Redis may be lost at any moment: a turn goes on without it, and every post is taken meanwhile.</summary>
[Collection(OneCluster.Name)]
[Trait("Category", "Faults")]
public sealed class RedisFaultTests(ClusterFixture cluster)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task Redis_KilledWithItsDataGone_EveryTurnEnds() => RunAsync(
        static c => c.LoseRedisAsync(),
        static c =>
        {
            c.Redis.Start();
            return Task.CompletedTask;
        });

    [Fact]
    public Task Redis_FlushedInMidFlight_EveryTurnEnds() => RunAsync(static c => DoAsync(c, "FLUSHALL"), static c => DoAsync(c, "FLUSHALL"));

    [Fact]
    public Task Redis_ReadOnly_EveryTurnEnds() => RunAsync(static c => DoAsync(c, "REPLICAOF", "127.0.0.1", "1"), static c => DoAsync(c, "REPLICAOF", "NO", "ONE"));

    [Fact]
    public Task Redis_OutOfMemory_EveryTurnEnds() => RunAsync(static c => DoAsync(c, "CONFIG", "SET", "maxmemory", "1"), static c => DoAsync(c, "CONFIG", "SET", "maxmemory", "0"));

    [Fact]
    public Task Redis_Silent_EveryTurnEnds() => RunAsync(
        static c =>
        {
            c.Redis.Pause();
            return Task.CompletedTask;
        },
        static c =>
        {
            c.Redis.Resume();
            return Task.CompletedTask;
        });

    private static async Task DoAsync(Cluster cluster, params string[] command) =>
        Assert.StartsWith("+", await cluster.RedisWire.DoAsync(Cancelled, command), StringComparison.Ordinal);

    private async Task RunAsync(Func<Cluster, Task> harm, Func<Cluster, Task> heal)
    {
        using var trial = await cluster.BeginAsync();
        var before = await trial.Crowd.AskAsync(Asking.Questions(80, "tokens=40 rate=6"), Cancelled);
        await before[0].Turn.HasReadAsync(0.3);

        await harm(trial.Cluster);
        var harmedAt = trial.History.Now;
        try
        {
            // Ten a second, all taken at the first try and in time.
            var clock = Stopwatch.StartNew();
            for (var second = 1; second <= 3; second++)
            {
                await trial.Crowd.AskAsync(Asking.Questions(10, "tokens=20 rate=10"), Cancelled);
                await Task.Delay(Rest(clock, second), Cancelled);
            }
        }
        finally
        {
            await heal(trial.Cluster);
        }

        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
        Assert.All(trial.History.Posts.Where(p => p.At >= harmedAt), static p =>
        {
            Assert.Equal(202, p.Status);
            Assert.True(p.Took < TimeSpan.FromSeconds(3), $"A post took {p.Took}.");
        });
    }

    private static TimeSpan Rest(Stopwatch clock, int seconds) =>
        TimeSpan.FromSeconds(seconds) is var due && due > clock.Elapsed ? due - clock.Elapsed : TimeSpan.Zero;
}
