using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Api.Memory.Commands;
using ChatApp.Api.Memory.Recall;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Answers that were given memories and snippets: what their readers are told, and what the engine is.</summary>
[Trait("Category", "Integration")]
public sealed class RecalledTurnTests(StackFixture stack) : IAsyncLifetime
{
    private readonly ScriptedRecall _recall = new();
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await StartAsync();
        _user = await _host.SignUpAsync();
        _conversation = await _user.StartConversationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Events_SomethingRecalled_TellItOnceBeforeTheFirstWordAtEveryPlace()
    {
        var turn = await _user.SayAsync(_conversation, "What is my dog called?");
        using var live = await _user.FollowAsync(turn);
        var call = await _engine.NextCallAsync();
        var late = new List<(int Had, EventReader Reader)>();
        call.Say("Brim");
        var seen = await live.ReadUntilAsync(static e => e.Type == "delta");
        for (var had = 0; had <= seen.Count; had++)
        {
            late.Add((had, await _user.FollowAsync(turn, had == 0 ? null : seen[had - 1].Id)));
        }

        call.Say("wick");
        call.Finish();
        seen.AddRange(await live.ReadToEndAsync());

        Assert.Equal(["accepted", "recalled", "delta", "delta", "usage", "completed"], seen.Select(static e => e.Type));
        Assert.Equal(["1-0", "2-0", "3-4", "4-8", "5-8", "6-8"], seen.Select(static e => e.Id));
        AssertTold(seen[1].Data);
        foreach (var (had, reader) in late)
        {
            AssertSameRest(seen, had, await reader.ReadToEndAsync());
            reader.Dispose();
        }

        // And from Postgres alone.
        for (var had = 0; had < seen.Count; had++)
        {
            AssertSameRest(seen, had, await _user.EventsAsync(turn, had == 0 ? null : seen[had - 1].Id));
        }
    }

    [Fact]
    public async Task Recall_OfTheAnswer_IsShownToItsPersonAlone()
    {
        var turn = await AnsweredAsync("What is my dog called?", "Brimwick");

        var recall = await _user.GetAsync($"/api/turns/{turn}/recall");
        var messages = await _user.MessagesAsync(_conversation);
        using var stranger = await _host.SignUpAsync();
        using var refused = await stranger.Client.GetAsync($"/api/turns/{turn}/recall", TestContext.Current.CancellationToken);

        AssertTold(recall);
        Assert.Equal([(0, 0), (2, 1)], messages.Select(static m => ((int)m["recalledMemories"]!, (int)m["recalledSnippets"]!)));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(1, _recall.Recalls);
    }

    [Fact]
    public async Task Recall_Request_IsOfThisPersonAndLeavesOutWhatIsShown()
    {
        await AnsweredAsync("Hello", "Hi");

        await AnsweredAsync("And now?", "Well");

        var shown = (await _user.MessagesAsync(_conversation)).Take(3).Select(static m => (Guid)m["id"]!);
        Assert.Equal(shown.Order(), _recall.LastRequest!.Without.Order());
        Assert.Equal(("And now?", "Ada", "Mira"), (_recall.LastRequest.Text, _recall.LastRequest.UserName, _recall.LastRequest.CharacterName));
        Assert.Equal(["Hello", "Hi"], _recall.LastRequest.Before);
        Assert.Equal(ApiUser.Mira, _recall.LastScope.CharacterId);
        Assert.Equal(await _host.SqlAsync($"SELECT user_id FROM conversations WHERE id = '{_conversation}'"), _recall.LastScope.UserId);
    }

    [Fact]
    public async Task Events_NothingRecalled_TellNothingButTheReasonIsKept()
    {
        await using var host = await StartAsync(ScriptedRecall.Empty());
        using var user = await host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Hello!");
        await _engine.AnswerNextAsync("Hi");

        var events = await user.EventsAsync(turn);

        Assert.Equal(["1-0", "2-2", "3-2", "4-2"], events.Select(static e => e.Id));
        Assert.DoesNotContain(events, static e => e.Type == "recalled");
        var recall = await user.GetAsync($"/api/turns/{turn}/recall");
        Assert.Equal(("small_talk", "empty"), ((string)recall["memoryReason"]!, (string)recall["knowledgeReason"]!));
    }

    [Fact]
    public async Task Events_MessageThatCommands_TellWhatWasDone()
    {
        _recall.Memories = static _ => Task.FromResult(MemoryRecall.Nothing(RecallReasons.Empty));
        _recall.Knowledge = Api_NothingKnown();
        _recall.Command = new MemoryCommandResult(false, ["My dog is called Brimwick."], "It is gone.");

        var turn = await AnsweredAsync("Forget my dog", "Done");

        var told = (await _user.EventsAsync(turn))[1];
        Assert.Equal("recalled", told.Type);
        Assert.Equal("My dog is called Brimwick.", (string)told.Data["forgotten"]![0]!);
        Assert.Equal("It is gone.", (string)told.Data["note"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turn_MemoryFailsOrHangs_IsAnsweredWithout(bool hangs)
    {
        _recall.Memories = hangs
            ? static async _ =>
            {
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return MemoryRecall.Nothing("never");
            }
            : static _ => throw new InvalidOperationException("It broke.");

        var turn = await AnsweredAsync("Hello", "Hi");

        Assert.Equal("unavailable", (string)(await _user.GetAsync($"/api/turns/{turn}/recall"))["memoryReason"]!);
    }

    [Fact]
    public async Task Engine_BreaksInMidAnswer_TheNextAttemptHasTheSamePromptAndTellsNothingAgain()
    {
        var turn = await _user.SayAsync(_conversation, "What is my dog called?");
        var first = await _engine.NextCallAsync();
        using var live = await _user.FollowAsync(turn);
        first.Say("Half");
        var seen = await live.ReadUntilAsync(static e => e.Type == "delta");
        _recall.Memories = static _ => Task.FromResult(MemoryRecall.Nothing(RecallReasons.Empty));
        first.Break();
        var second = await _engine.AnswerNextAsync(" and half");
        seen.AddRange(await live.ReadToEndAsync());

        Assert.Equal([.. first.Prompt, "assistant: Half"], second.Prompt);
        Assert.Contains("Brimwick", first.Prompt[^1], StringComparison.Ordinal);
        Assert.Equal("Half and half", TurnEventSeen.Assemble(seen));
        Assert.Single(seen, static e => e.Type == "recalled");
        Assert.Equal(seen.Select(static e => e.Seq).Order().Distinct(), seen.Select(static e => e.Seq));
        Assert.Single(await _user.EventsAsync(turn), static e => e.Type == "recalled");
        Assert.Equal(1, _recall.Recalls);
        Assert.True((bool)(await _user.GetAsync($"/api/turns/{turn}/prompt"))["isExact"]!);
    }

    [Fact]
    public async Task Continue_AnswerThatWasStopped_TellsAfterTheTextSoFar()
    {
        var stopped = await _user.PostTurnAsync(_conversation, "Tell me").JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.NextCallAsync();
        using (var reader = await _user.FollowAsync((Guid)stopped["id"]!))
        {
            call.Say("Once 😀");
            await reader.ReadUntilAsync(static e => e.Type == "delta");
        }

        await _user.CancelAsync((Guid)stopped["id"]!);
        await _user.EventsAsync((Guid)stopped["id"]!);
        var turn = (Guid)(await _user.ContinueAsync(_conversation, (Guid)stopped["assistantMessageId"]!).JsonAsync(HttpStatusCode.Accepted))["id"]!;
        using var live = await _user.FollowAsync(turn);
        var next = await _engine.AnswerNextAsync(" upon");

        var seen = await live.ReadToEndAsync();

        Assert.Equal(["1-0", "2-7", "3-7", "4-12", "5-12", "6-12"], seen.Select(static e => e.Id));
        Assert.Equal(["accepted", "delta", "recalled", "delta", "usage", "completed"], seen.Select(static e => e.Type));
        Assert.Equal("assistant: Once 😀", next.Prompt[^1]);
        for (var had = 0; had < seen.Count; had++)
        {
            AssertSameRest(seen, had, await _user.EventsAsync(turn, had == 0 ? null : seen[had - 1].Id));
        }

        var prompt = await _user.GetAsync($"/api/turns/{turn}/prompt");
        Assert.Equal("Once 😀", (string)prompt["messages"]!.AsArray()[^1]!["text"]!);
        Assert.True((bool)prompt["isExact"]!);
    }

    [Fact]
    public async Task Events_RedisNeverThere_AreToldFromPostgres()
    {
        await using var host = await StartAsync(_recall, ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200"));
        using var user = await host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "What is my dog called?");
        using var live = await user.FollowAsync(turn);
        var call = await _engine.NextCallAsync();
        var seen = await live.ReadUntilAsync(static e => e.Type == "recalled");
        call.Say("Brimwick");
        seen.AddRange(await live.ReadUntilAsync(static e => e.Type == "delta"));
        call.Finish();
        seen.AddRange(await live.ReadToEndAsync());

        Assert.Equal(["accepted", "recalled", "delta", "usage", "completed"], seen.Select(static e => e.Type));
        Assert.Equal(["1-0", "2-0", "3-8", "4-8", "5-8"], seen.Select(static e => e.Id));
    }

    private static ChatApp.Api.Knowledge.KnowledgeFound Api_NothingKnown() => ChatApp.Api.Knowledge.KnowledgeFound.Nothing(RecallReasons.Empty);

    private static void AssertTold(JsonNode data)
    {
        Assert.Equal(["My dog is called Brimwick.", "Grüße 😀 \"quoted\"\nline"], data["memories"]!.AsArray().Select(static m => (string)m!["text"]!));
        Assert.Equal(("message", "user", "words: dog"), ((string)data["memories"]![0]!["kind"]!, (string)data["memories"]![0]!["speaker"]!, (string)data["memories"]![0]!["reasons"]![0]!));
        Assert.Equal((1, "The bridge opened in 1934."), ((int)data["snippets"]![0]!["number"]!, (string)data["snippets"]![0]!["text"]!));
        Assert.Equal(("searched", "searched", false), ((string)data["memoryReason"]!, (string)data["knowledgeReason"]!, (bool)data["pinned"]!));
        Assert.Null(data["note"]);
    }

    /// <summary>What a reader gets that had so many events: the same text, the same end, and what was recalled only where it had not.</summary>
    private static void AssertSameRest(List<TurnEventSeen> all, int had, List<TurnEventSeen> rest)
    {
        Assert.Equal(TurnEventSeen.Assemble(all), TurnEventSeen.Assemble(rest, TurnEventSeen.Assemble(all.Take(had))));
        Assert.Equal(all[^1].Id, rest[^1].Id);
        Assert.Equal(
            all.Skip(had).Where(static e => e.Type is not "delta").Select(static e => (e.Id, e.Type, e.Data.ToJsonString())),
            rest.Where(static e => e.Type is not "delta").Select(static e => (e.Id, e.Type, e.Data.ToJsonString())));
        Assert.Equal(rest.Select(static e => e.Seq).Order().Distinct(), rest.Select(static e => e.Seq));
    }

    private async Task<Guid> AnsweredAsync(string text, string answer)
    {
        var turn = await _user.SayAsync(_conversation, text);
        await _engine.AnswerNextAsync(answer);
        await _user.EventsAsync(turn);
        return turn;
    }

    private async Task<ApiHost> StartAsync(ScriptedRecall? recall = null, params (string Key, string Value)[] settings) => await ApiHost.StartAsync(
        stack, _engine, await ApiHost.CreateDatabaseAsync(stack), (recall ?? _recall).Replace, [("Models:Prefills", "true"), .. settings]);
}
