using ChatApp.Faults.Clients;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>Readers that come and go, read slowly, or ask for what is not theirs.</summary>
[Collection(OneCluster.Name)]
[Trait("Category", "Faults")]
public sealed class ReaderFaultTests(ClusterFixture cluster)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_FiveReadersCutAtRandomTokens_AllPutTheSameTextTogetherFromOneGeneration()
    {
        using var trial = await cluster.BeginAsync();
        var style = new ReaderStyle { CutChance = 0.08, Pause = TimeSpan.FromMilliseconds(20) };
        var asked = await trial.Crowd.AskAsync(
            Asking.Questions(40, "tokens=60 rate=8"),
            Cancelled,
            [.. Enumerable.Range(0, 5).Select(i => style with { Seed = 1000 * i })]);

        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
        Assert.True(trial.History.Turns.Sum(static t => t.Readers.Sum(static r => r.Connections - 1)) > 300);
        foreach (var one in asked)
        {
            Assert.Equal(1, (await trial.Cluster.EngineCallsAsync(one.Turn.QuestionId(), Cancelled)).Calls);
        }
    }

    [Theory]
    [InlineData("999999-0")]
    [InlineData("2-99999999")]
    [InlineData("not-an-id")]
    [InlineData("-1--1")]
    [InlineData("999999999999999999999-1")]
    public async Task Follow_WithAnIdThatCannotBe_IsRefused(string id)
    {
        using var trial = await cluster.BeginAsync(people: 1);
        var asked = await trial.AskOneAsync("tokens=20 rate=10");
        await asked.Turn.HasReadAsync(0.1);

        Assert.Equal(400, await trial.Person.StatusAsync(HttpMethod.Get, $"/api/turns/{asked.Turn.Id}/events", Cancelled, id));
        await trial.AssertKeptAsync();
        Assert.Equal(400, await trial.Person.StatusAsync(HttpMethod.Get, $"/api/turns/{asked.Turn.Id}/events", Cancelled, id));
    }

    [Fact]
    public async Task Follow_SomebodyElsesTurn_IsNotThere()
    {
        using var trial = await cluster.BeginAsync(people: 2);
        var asked = await trial.AskOneAsync("tokens=20 rate=10");
        await asked.Turn.HasReadAsync(0.1);
        var stranger = trial.Crowd.People[1];
        (HttpMethod Method, string Path)[] requests =
        [
            (HttpMethod.Get, $"/api/turns/{asked.Turn.Id}"),
            (HttpMethod.Get, $"/api/turns/{asked.Turn.Id}/events"),
            (HttpMethod.Post, $"/api/turns/{asked.Turn.Id}/cancel"),
            (HttpMethod.Get, $"/api/conversations/{asked.Turn.Conversation}"),
            (HttpMethod.Get, $"/api/conversations/{asked.Turn.Conversation}/messages"),
        ];

        foreach (var (method, path) in requests)
        {
            Assert.Equal(404, await stranger.StatusAsync(method, path, Cancelled));
        }

        Assert.Null(await stranger.PostAsync(asked.Turn.Conversation, "Hello?", Cancelled));
        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
    }

    [Fact]
    public async Task Follow_HundredsReadAKilobyteASecond_NobodyElseWaitsAndMemoryIsBounded()
    {
        using var trial = await cluster.BeginAsync();
        await trial.Crowd.AskAsync(Asking.Questions(10, "tokens=20 rate=20"), Cancelled);
        await trial.AssertKeptAsync();
        var before = trial.Cluster.Apis.Sum(static a => a.ResidentBytes());

        // Each answer is some 25 KB of events in eight seconds, so they fall far behind.
        var slow = Enumerable.Repeat(new ReaderStyle { BytesPerSecond = 1024 }, 20).ToArray();
        var asked = await trial.Crowd.AskAsync(Asking.Questions(10, "tokens=240 rate=30"), Cancelled, [new ReaderStyle(), .. slow]);
        var fast = asked.Select(static a => a.Turn.Readers[0]).ToArray();
        await Asking.UntilAsync(() => fast.All(static r => r.HasTerminal), TimeSpan.FromSeconds(30), "those that read fast to be done");
        var grown = trial.Cluster.Apis.Sum(static a => a.ResidentBytes()) - before;

        Assert.Contains(asked.SelectMany(static a => a.Turn.Readers), static r => !r.HasTerminal);
        Assert.All(fast, static r => Assert.True(r.WorstGap < TimeSpan.FromSeconds(2), $"One that reads fast waited {r.WorstGap}."));
        Assert.True(grown < 200 * 64 * 1024 + 64 * 1024 * 1024, $"Two hundred slow readers made the nodes grow by {grown / 1024 / 1024} MB.");
        await trial.AssertKeptAsync(TimeSpan.FromSeconds(60));
        await trial.AssertAllAnsweredAsync();
    }

    [Fact]
    public async Task Post_TheSameKeyFiftyTimesAtOnce_IsOneTurn()
    {
        using var trial = await cluster.BeginAsync(people: 1);
        var (conversation, key) = (await trial.Person.StartConversationAsync(Cancelled), Guid.NewGuid().ToString("N"));
        var question = Asking.Questions(1, "tokens=10 rate=20")[0];

        var turns = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => trial.Person.PostAsync(conversation, question, Cancelled, key)));

        var turn = Assert.Single(turns.Distinct())!;
        await trial.Person.FollowAsync(turn, Cancelled);
        await trial.AssertKeptAsync();
        Assert.Single(await trial.StoredAsync(Cancelled));
        Assert.Equal(1, (await trial.Cluster.EngineCallsAsync(turn.QuestionId(), Cancelled)).Calls);
    }

    [Fact]
    public async Task Post_ThreeTimesWhatTheWorkersCanDo_SomeAreRefusedAndTheRestAnswered()
    {
        using var trial = await cluster.BeginAsync();
        await Task.WhenAll(trial.Cluster.Workers.Select(static w => w.StopAsync(TimeSpan.FromSeconds(30))));
        var node = await trial.Cluster.AddAsync("api", new Dictionary<string, string> { ["Turns__MaxQueued"] = "30" }, Cancelled);
        await trial.Cluster.AddAsync("worker", new Dictionary<string, string> { ["Turns__Concurrency"] = "8" }, Cancelled);
        using var nodes = new ApiNodes([node.Address!]);
        var person = await ChatClient.SignUpAsync(nodes, trial.History, Cancelled);
        var conversations = await Task.WhenAll(Enumerable.Range(0, 192).Select(_ => person.StartConversationAsync(Cancelled)));

        // Eight at once for a second each is eight a second; what comes is twenty-four a second, for eight seconds.
        var begun = trial.History.Now;
        var answers = await Task.WhenAll(Asking.Questions(192, "tokens=20 rate=20 first=0").Select(async (question, i) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(i / 24.0), Cancelled);
            var key = Guid.NewGuid().ToString("N");
            var answer = await person.TryPostAsync(conversations[i], question, key, Cancelled);
            if (answer.Turn is { } id)
            {
                await person.FollowAsync(trial.History.Accepted(id, person.UserId, conversations[i], question, key), Cancelled);
            }

            return answer;
        }));

        await trial.AssertKeptAsync();
        await trial.AssertAllAnsweredAsync();
        Assert.All(answers, static a => Assert.True(a is { Status: 202 } or { Status: 429, RetryAfter: not null }, $"{a.Status}: {a.Body}"));
        Assert.Contains(answers, static a => a.Status == 429);
        var duringLoad = trial.History.Turns.Count(t => t.Readers is [{ EndedAt: { } end }] && end - begun < TimeSpan.FromSeconds(8));
        Assert.True(duringLoad >= 8 * 8 * 0.8 - 8, $"Only {duringLoad} turns were answered in the eight seconds of overload.");
    }
}
