using System.Diagnostics;
using ChatApp.Faults;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>The database goes away and comes back: what runs goes on, what is posted is refused at once and can be tried again.</summary>
[Collection(OneCluster.Name)]
[Trait("Category", "Faults")]
public sealed class PostgresFaultTests(ClusterFixture cluster)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_EveryConnectionTerminatedAgainAndAgain_NothingIsLost()
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(80, "tokens=40 rate=6"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.2);

        for (var i = 0; i < 5; i++)
        {
            await TerminateAllAsync(trial);
            await trial.Crowd.AskAsync(Asking.Questions(5, "tokens=20 rate=10"), Cancelled);
        }

        await AssertWholeAsync(trial);
    }

    [Fact]
    public async Task Postgres_Restarted_NothingIsLost()
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(80, "tokens=40 rate=6"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.3);

        await trial.Cluster.Postgres.StopAsync(TimeSpan.FromSeconds(15));
        trial.Cluster.Postgres.Start();
        await trial.Crowd.AskAsync(Asking.Questions(10, "tokens=20 rate=10"), Cancelled);

        await AssertWholeAsync(trial);
    }

    [Fact]
    public async Task Postgres_Killed_NothingIsLost()
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(80, "tokens=40 rate=6"), Cancelled);
        await asked[0].Turn.HasReadAsync(0.3);

        await trial.Cluster.Postgres.KillAsync();
        trial.Cluster.Postgres.Start();
        await trial.Crowd.AskAsync(Asking.Questions(10, "tokens=20 rate=10"), Cancelled);

        await AssertWholeAsync(trial);
    }

    [Fact]
    public async Task Postgres_AwayForTenSeconds_PostsFailFastAndStreamsGoOn()
    {
        using var trial = await cluster.BeginAsync();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(60, "tokens=90 rate=6"), Cancelled);
        foreach (var one in asked)
        {
            // A stream that goes on is one that has begun.
            await one.Turn.HasReadAsync(0.05);
        }

        var (conversation, person) = (await trial.Person.StartConversationAsync(Cancelled), trial.Person);

        await trial.Cluster.Postgres.StopAsync(TimeSpan.FromSeconds(15));
        var clock = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
        var lengths = asked.Select(static a => a.Turn.Readers[0].Length).ToArray();
        var refused = 0;
        for (; clock.Elapsed < TimeSpan.FromSeconds(10); refused++)
        {
            var answer = await person.TryPostAsync(conversation, "[id=refused]", Guid.NewGuid().ToString("N"), Cancelled);
            Assert.Equal(503, answer.Status);
            Assert.NotNull(answer.RetryAfter);
            Assert.True(answer.Took < TimeSpan.FromSeconds(3), $"It took {answer.Took} to say no.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancelled);
        }

        var stuck = asked.Where((a, i) => a.Turn.Readers[0].Length <= lengths[i]).Count();
        Assert.True(stuck == 0, $"{stuck} of {asked.Count} streams stood still while Postgres was away.");
        trial.Cluster.Postgres.Start();

        await AssertWholeAsync(trial);
        Assert.True(refused > 5);
        // Nothing of what was refused is there.
        Assert.DoesNotContain((await trial.StoredAsync(Cancelled)).Values, t => t.Conversation == conversation);
    }

    private static async Task TerminateAllAsync(Trial trial)
    {
        await using var command = trial.Cluster.Database.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'chatdb' AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static async Task AssertWholeAsync(Trial trial)
    {
        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
        await using var command = trial.Cluster.Database.CreateCommand(
            "SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT FROM turns t WHERE t.id = m.turn_id AND m.id IN (t.user_message_id, t.assistant_message_id))");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancelled));
    }
}
