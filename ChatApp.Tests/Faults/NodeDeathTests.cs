using ChatApp.Faults.Processes;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>Api nodes, the gateway and the engine that die, and a deploy that replaces one process after the other.</summary>
[Collection(OneCluster.Name)]
[Trait("Category", "Faults")]
public sealed class NodeDeathTests(ClusterFixture cluster)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AnApiNode_ItsReadersGoOnAtTheOther()
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(100, "tokens=40 rate=8"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.3);

        await trial.Cluster.Apis[0].KillAsync();

        await trial.AssertKeptAsync();
        var stored = await trial.AssertAllAnsweredAsync();
        Assert.All(stored.Values, static t => Assert.Equal(1, t.Attempt));
        Assert.Contains(trial.History.Turns.SelectMany(static t => t.Readers), static r => r.Connections > 1);
    }

    [Fact]
    public Task Kill_TheGateway_AnswersGoOnWhenItIsBack() => KillInMidAnswerAsync(static c => c.Gateway);

    [Fact]
    public Task Kill_TheEngine_AnswersGoOnWhenItIsBack() => KillInMidAnswerAsync(static c => c.Engine);

    // Three hundred are more than two cores serve while processes start: there the wait is bounded by the end of it all.
    [Theory]
    [InlineData(100, 7)]
    [InlineData(300, 60)]
    public async Task Deploy_OneProcessAfterTheOther_NothingIsLost(int streams, int longestWaitSeconds)
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(streams, "tokens=60 rate=2.5"), Cancelled);
        await asked[^1].Turn.HasReadAsync(0);

        // A worker first, while all of it is surely under way, however slowly processes start here.
        foreach (var process in (ClusterProcess[])[trial.Cluster.Workers[0], .. trial.Cluster.Apis, .. trial.Cluster.Workers.Skip(1)])
        {
            var took = await process.StopAsync(TimeSpan.FromSeconds(30));
            Assert.True(took is not null, $"{process.Name} did not stop when it was asked to.");
            process.Start();
            await trial.Cluster.HealthyAsync(process, Cancelled);
        }

        await trial.AssertKeptAsync(TimeSpan.FromSeconds(60));
        var stored = await trial.AssertAllAnsweredAsync();
        // A deploy is nobody's failure, and keeps nobody waiting for longer than its drain and a little.
        Assert.All(stored.Values, static t => Assert.Equal(0, t.Failures));
        Assert.Contains(stored.Values, static t => t.Attempt > 1);
        Assert.All(trial.History.Turns.SelectMany(static t => t.Readers), static r => Assert.Equal(0, r.Restarts));
        foreach (var turn in trial.History.Turns)
        {
            Assert.All(turn.Readers, r => Assert.True(r.WorstGap < TimeSpan.FromSeconds(longestWaitSeconds), $"A reader of {turn.Id}, attempt {stored[turn.Id].Attempt}, waited {r.WorstGap}."));
        }
    }

    private async Task KillInMidAnswerAsync(Func<ChatApp.Faults.Cluster, ClusterProcess> choose)
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(60, "tokens=40 rate=8"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.3);
        var victim = choose(trial.Cluster);

        await victim.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
        victim.Start();

        await trial.AssertKeptAsync();
        var stored = await trial.AssertAllAnsweredAsync();
        Assert.Contains(stored.Values, static t => t.Attempt > 1);
        Assert.All(trial.History.Turns.SelectMany(static t => t.Readers), static r => Assert.Equal(0, r.Restarts));
    }
}
