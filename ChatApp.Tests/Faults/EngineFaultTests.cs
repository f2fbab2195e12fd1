using System.Diagnostics;
using ChatApp.EngineSimulator;
using ChatApp.Faults;
using ChatApp.Faults.Judging;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>Engines that fail, hang, lie and come back.</summary>
[Collection(OneCluster.Name)]
[Trait("Category", "Faults")]
public sealed class EngineFaultTests(ClusterFixture cluster)
{
    private static readonly string[] All =
        [Fault.Error, Fault.HangFirst, Fault.HangMid, Fault.ResetMid, Fault.Malformed, Fault.Slow, Fault.Html, Fault.NoDone];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Engine_FailsOnceInAnyWay_AnswerIsWholeAllTheSame()
    {
        using var trial = await cluster.BeginAsync();
        await trial.Crowd.AskAsync(All.SelectMany(static fault => Asking.Questions(5, $"tokens=30 rate=20 fault={fault} faults=1")), Cancelled);

        await trial.AssertKeptAsync();
        var stored = await trial.StoredAsync(Cancelled);
        var bad = Outcomes(trial, stored).Where(static o => o.Turn.Status != "completed" || o.Turn.Attempt == 1).ToArray();
        Assert.True(bad is [], string.Join("; ", bad.Select(static o => $"{o.Fault}: {o.Turn.Status} at attempt {o.Turn.Attempt} {o.Turn.LastError}").Distinct()));
    }

    [Fact]
    public async Task Engine_FailsAgainAndAgainInAnyWay_TurnFailsAndKeepsWhatCame()
    {
        using var trial = await cluster.BeginAsync();
        await trial.Crowd.AskAsync(All.SelectMany(static fault => Asking.Questions(3, $"tokens=30 rate=20 fault={fault}")), Cancelled);

        await trial.AssertKeptAsync();
        var stored = await trial.StoredAsync(Cancelled);
        var bad = Outcomes(trial, stored).Where(static o => o.Turn is not { Status: "failed", ErrorCode: not null, LastError: not null }).ToArray();
        Assert.True(bad is [], string.Join("; ", bad.Select(static o => $"{o.Fault}: {o.Turn.Status} at attempt {o.Turn.Attempt}").Distinct()));
        Assert.All(
            Outcomes(trial, stored).Where(static o => o.Fault is Fault.HangMid or Fault.ResetMid or Fault.Malformed or Fault.NoDone),
            static o => Assert.NotEmpty(o.Turn.Text));
    }

    [Fact]
    public async Task Engine_AwayWhileManyWait_AllAreAnsweredWhenItIsBack()
    {
        using var trial = await cluster.BeginAsync();
        await trial.Cluster.Engine.KillAsync();
        await trial.Crowd.AskAsync(Asking.Questions(150, "tokens=10 rate=20"), Cancelled);
        await Task.Delay(TimeSpan.FromSeconds(6), Cancelled);
        trial.Cluster.Engine.Start();

        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
    }

    [Fact]
    public async Task Queue_LongerThanTheWorkersCanTake_IsServedInOrder()
    {
        using var trial = await cluster.BeginAsync();
        await Task.WhenAll(trial.Cluster.Workers.Select(static w => w.StopAsync(TimeSpan.FromSeconds(30))));
        var posted = new List<TurnHistory>();
        foreach (var question in Asking.Questions(60, "tokens=4 rate=20 first=10"))
        {
            posted.Add((await trial.Person.PostAsync(await trial.Person.StartConversationAsync(Cancelled), question, Cancelled))!);
        }

        await trial.Cluster.AddAsync("worker", new Dictionary<string, string> { ["Turns__Concurrency"] = "4" }, Cancelled);

        await trial.AssertKeptAsync();
        var stored = await trial.AssertAllAnsweredAsync();
        var finished = stored.Values.OrderBy(static t => t.FinishedAt).Select(static t => t.Id).ToList();
        var displaced = posted.Select((t, i) => Math.Abs(i - finished.IndexOf(t.Id))).Max();
        Assert.True(displaced <= 8, $"A turn was served {displaced} places from its own.");
    }

    [Fact]
    public async Task Stop_InMidAnswer_EngineIsIdleWithinASecond()
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(10, "tokens=1000 rate=10"), Cancelled);
        await Task.WhenAll(asked.Select(static a => a.Turn.HasReadAsync(0.005)));

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(asked.Select(static a => a.Person.CancelAsync(a.Turn, Cancelled)));
        await Asking.UntilAsync(async () => (await trial.Cluster.EngineReportAsync(Cancelled)).Active == 0, TimeSpan.FromSeconds(10), "the engine to be idle");
        var took = clock.Elapsed;

        await trial.AssertKeptAsync();
        Assert.All((await trial.StoredAsync(Cancelled)).Values, static t =>
        {
            Assert.Equal("cancelled", t.Status);
            Assert.NotEmpty(t.Text);
        });
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took} until the engine was idle.");
    }

    private static IEnumerable<(string Fault, StoredTurn Turn)> Outcomes(Trial trial, IReadOnlyDictionary<Guid, StoredTurn> stored) =>
        trial.History.Turns.Select(t => (SimulatedQuestion.Parse(t.Question).Fault!, stored[t.Id]));
}
