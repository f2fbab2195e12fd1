using System.Globalization;
using ChatApp.Faults;
using ChatApp.Faults.Network;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>Workers that die or fall asleep over their turns.</summary>
[Collection(OneCluster.Name)]
[Trait("Category", "Faults")]
public sealed class WorkerDeathTests(ClusterFixture cluster)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public async Task Kill_OneOfFourWorkersUnderTwoHundredTurns_AllGoOnWhereTheyWere(double moment)
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(200, "tokens=40 rate=8 first=100"), Cancelled);
        var first = asked[0].Turn;
        var victim = await trial.WorkerOfAsync(first, Cancelled);
        await first.HasReadAsync(moment);
        victim.Kill();
        var killedAt = trial.History.Now;

        await trial.AssertKeptAsync();
        var stored = await trial.AssertAllAnsweredAsync();
        var takenOver = stored.Values.Where(static t => t.Attempt > 1).ToArray();
        Assert.NotEmpty(takenOver);
        foreach (var turn in trial.History.Turns.Where(t => takenOver.Any(o => o.Id == t.Id)))
        {
            // Unbroken for its reader, however it was for us, and going on in time.
            var reader = Assert.Single(turn.Readers);
            Assert.Equal(0, reader.Restarts);
            Assert.True(reader.WorstGap < TimeSpan.FromSeconds(15), $"{turn.Id} stood still for {reader.WorstGap}.");
            Assert.True(reader.EndedAt > killedAt);
        }
    }

    [Fact]
    public async Task Kill_WithTheDefaultLease_GoesOnWithinFifteenSeconds()
    {
        using var trial = await cluster.BeginAsync(people: 1);
        await Task.WhenAll(trial.Cluster.Workers.Select(static w => w.StopAsync(TimeSpan.FromSeconds(30))));
        var defaults = new Dictionary<string, string> { ["Turns__Lease"] = "00:00:10", ["Turns__Concurrency"] = "16" };
        await trial.Cluster.AddAsync("worker", defaults, Cancelled);
        await trial.Cluster.AddAsync("worker", defaults, Cancelled);
        var asked = await trial.Crowd.AskAsync(Asking.Questions(8, "tokens=60 rate=5"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.1);

        (await trial.WorkerOfAsync(asked[0].Turn, Cancelled)).Kill();

        await trial.AssertKeptAsync();
        var stored = await trial.AssertAllAnsweredAsync();
        Assert.Contains(stored.Values, static t => t.Attempt > 1);
        Assert.All(trial.History.Turns.SelectMany(static t => t.Readers), static r =>
            Assert.True(r.WorstGap < TimeSpan.FromSeconds(15), $"A reader waited {r.WorstGap}."));
    }

    [Fact]
    public async Task Kill_BetweenSavingAndSayingSo_ReadersHearOfTheEnd()
    {
        using var trial = await cluster.BeginAsync(people: 1);
        await Task.WhenAll(trial.Cluster.Workers.Select(static w => w.StopAsync(TimeSpan.FromSeconds(30))));
        await using var proxy = new FaultyProxy(trial.Cluster.RedisPort);
        var worker = await trial.Cluster.AddAsync("worker", new Dictionary<string, string> { ["ConnectionStrings__redis"] = Cluster.RedisThrough(proxy) }, Cancelled);
        var asked = await trial.Crowd.AskAsync(Asking.Questions(20, "tokens=20 rate=10"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.5);

        // The worker saves ends, and its word of them gets no further than the cable.
        proxy.PullCable();
        await Asking.UntilAsync(
            async () => (await trial.StoredAsync(Cancelled)).Values.Any(static t => t.HasEnded), TimeSpan.FromSeconds(20), "an end to be saved");
        worker.Kill();
        var killedAt = trial.History.Now;
        proxy.ResetAll();
        var saved = (await trial.StoredAsync(Cancelled)).Values.Where(static t => t.HasEnded).Select(static t => t.Id).ToHashSet();
        trial.Cluster.Workers[0].Start();

        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
        var late = trial.History.Turns.Where(t => saved.Contains(t.Id)).SelectMany(static t => t.Readers).ToArray();
        Assert.NotEmpty(late);
        Assert.All(late, r => Assert.True(r.EndedAt - killedAt < TimeSpan.FromSeconds(5), $"A reader heard of a saved end after {r.EndedAt - killedAt}."));
    }

    [Fact]
    public async Task Pause_ForTwoLeases_TheLateOneIsFencedOff()
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(50, "tokens=100 rate=8"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.1);
        var sleeper = await trial.WorkerOfAsync(asked[0].Turn, Cancelled);

        sleeper.Pause();
        await Asking.UntilAsync(
            async () => (await trial.StoredAsync(asked[0].Turn, Cancelled)).Attempt > 1, TimeSpan.FromSeconds(15), "another worker to take over");
        await Task.Delay(TimeSpan.FromSeconds(3), Cancelled);
        sleeper.Resume();

        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
        Assert.True(sleeper.IsRunning);
    }

    [Fact]
    public async Task Kill_EveryWorkerThatTakesOneTurn_ThatTurnIsGivenUpAndNoOther()
    {
        using var trial = await cluster.BeginAsync();
        var poison = await trial.AskOneAsync("tokens=400 rate=10");
        var innocent = await trial.Crowd.AskAsync(Asking.Questions(40, "tokens=60 rate=5"), Cancelled);
        DateTime leaseEnd = default;
        for (var deaths = 0; deaths < 3; deaths++)
        {
            var attempt = deaths;
            await Asking.UntilAsync(
                async () => (await trial.StoredAsync(poison.Turn, Cancelled)) is { Worker: not null } t && t.Attempt > attempt,
                TimeSpan.FromSeconds(30),
                "the next worker to take the poison");
            var worker = await trial.WorkerOfAsync(poison.Turn, Cancelled);
            worker.Kill();
            leaseEnd = (await trial.StoredAsync(poison.Turn, Cancelled)).LeaseUntil ?? leaseEnd;
            await worker.KillAsync();
            worker.Start();
        }

        await trial.AssertKeptAsync();
        var stored = await trial.StoredAsync(Cancelled);
        var given = stored[poison.Turn.Id];
        Assert.Equal("failed", given.Status);
        Assert.Equal("attempts_exhausted", given.ErrorCode);
        Assert.Contains("went away", given.LastError, StringComparison.Ordinal);
        Assert.Equal(3, given.Failures);
        Assert.All(innocent, i => Assert.Equal("completed", stored[i.Turn.Id].Status));

        // Whoever reads it does not wait for long after nobody works on it any more.
        Assert.True(given.FinishedAt - leaseEnd < TimeSpan.FromSeconds(5), string.Create(CultureInfo.InvariantCulture, $"Given up {given.FinishedAt - leaseEnd} after the last lease."));
        var heard = DateTime.UtcNow - (trial.History.Now - Assert.Single(poison.Turn.Readers).EndedAt!.Value);
        Assert.True(heard - leaseEnd < TimeSpan.FromSeconds(5), string.Create(CultureInfo.InvariantCulture, $"Readers heard of it {heard - leaseEnd} after the last lease."));
    }

    [Fact]
    public async Task Lease_IsJudgedByPostgresAlone_WhateverTheWorkersClockSays()
    {
        using var trial = await cluster.BeginAsync(people: 1);
        var asked = await trial.AskOneAsync("tokens=60 rate=10");
        await asked.Turn.HasReadAsync(0.2);
        var owner = await trial.WorkerOfAsync(asked.Turn, Cancelled);

        // By its own clock the owner has renewed a moment ago. By the database's it is too late, so it has lost the turn.
        owner.Pause();
        await using (var command = trial.Cluster.Database.CreateCommand("UPDATE turns SET lease_until = now() - interval '1 second' WHERE id = @id"))
        {
            command.Parameters.AddWithValue("id", asked.Turn.Id);
            await command.ExecuteNonQueryAsync(Cancelled);
        }

        await Asking.UntilAsync(
            async () => (await trial.StoredAsync(asked.Turn, Cancelled)).Attempt == 2, TimeSpan.FromSeconds(2.5), "a worker to take over before the owner's lease is over by its own clock");
        owner.Resume();

        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
    }
}
