using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>What happens to a turn while it runs, on real servers and an engine whose every word the test decides.</summary>
[Trait("Category", "Integration")]
public sealed class TurnRunningTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ("Turns:Lease", "00:00:02"), ("Turns:Drain", "00:00:00"));
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
    public async Task Events_RunningTurnFromEveryId_GiveExactlyTheText()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        using var first = await _user.FollowAsync(turn);
        var seen = await first.ReadUntilAsync(static e => e.Type == "accepted");
        var words = Enumerable.Range(0, 12).Select(static i => $"wörd{i}😀 ").ToArray();
        var late = new List<(string Before, EventReader Reader)>();
        foreach (var word in words)
        {
            call.Say(word);
            seen.AddRange(await first.ReadUntilAsync(static e => e.Type == "delta"));
            late.Add((TurnEventSeen.Assemble(seen), await _user.FollowAsync(turn, seen[^1].Id)));
            late.Add(("", await _user.FollowAsync(turn)));
        }

        call.Finish();

        var text = string.Concat(words);
        seen.AddRange(await first.ReadToEndAsync());
        Assert.Equal(text, TurnEventSeen.Assemble(seen));
        foreach (var (before, reader) in late)
        {
            var rest = await reader.ReadToEndAsync();
            Assert.Equal(text, TurnEventSeen.Assemble(rest, before));
            Assert.Equal(seen[^1].Id, rest[^1].Id);
            reader.Dispose();
        }
    }

    [Fact]
    public async Task Cancel_RunningTurn_KeepsThePartialTextAndClosesTheEngine()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        call.Say("Once upon a time");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");

        await _user.CancelAsync(turn);
        events.AddRange(await reader.ReadToEndAsync());
        await call.Closed.WaitAsync(TimeSpan.FromSeconds(2), Cancelled);

        Assert.Equal("cancelled", events[^1].Type);
        var answer = (await _user.MessagesAsync(_conversation))[1];
        Assert.Equal("stopped", (string)answer["status"]!);
        Assert.Equal("Once upon a time", (string)answer["text"]!);
        Assert.Equal("cancelled", (string)(await _user.GetAsync($"/api/turns/{turn}"))["status"]!);

        // The conversation goes on, and the model is shown what was said until then.
        var next = await _user.SayAsync(_conversation, "And then?");
        Assert.Equal(["assistant: Once upon a time", "user: And then?"], (await _engine.AnswerNextAsync("The end")).Prompt.TakeLast(2));
        Assert.Equal("The end", TurnEventSeen.Assemble(await _user.EventsAsync(next)));
    }

    [Fact]
    public async Task Cancel_BeforeTheFirstWord_EndsAtOnce()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();

        await _user.CancelAsync(turn);

        await call.Closed.WaitAsync(TimeSpan.FromSeconds(2), Cancelled);
        Assert.Equal(["accepted", "cancelled"], (await _user.EventsAsync(turn)).Select(static e => e.Type));
    }

    [Fact]
    public async Task Cancel_FinishedTurn_ChangesNothing()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        await _engine.AnswerNextAsync("Done");
        await _user.EventsAsync(turn);

        Assert.Equal("completed", (string)(await _user.CancelAsync(turn))["status"]!);
    }

    [Fact]
    public async Task Delete_RunningTurn_StopsItAndEndsItsReaders()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        call.Say("Once");
        await reader.ReadUntilAsync(static e => e.Type == "delta");

        using var deleted = await _user.Client.DeleteAsync($"/api/conversations/{_conversation}", Cancelled);
        await call.Closed.WaitAsync(TimeSpan.FromSeconds(2), Cancelled);
        var rest = await reader.ReadToEndAsync();

        Assert.Equal("cancelled", Assert.Single(rest).Type);
        Assert.Equal(0L, await _host.SqlAsync("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM turns)"));
    }

    [Fact]
    public async Task Engine_TransientErrorBeforeTheFirstWord_IsTriedAgain()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        (await _engine.NextCallAsync()).Refuse(503, "Loading model");
        await _engine.AnswerNextAsync("Now");

        var events = await _user.EventsAsync(turn);

        Assert.Equal("Now", TurnEventSeen.Assemble(events));
        Assert.Equal("completed", events[^1].Type);
        Assert.DoesNotContain(events, static e => e.Type == "restarted");
    }

    [Fact]
    public async Task Engine_BreaksInMidAnswer_ReadersStartAgain()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        call.Say("Half an ans");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");
        var cursor = events[^1].Id;
        call.Break();
        await _engine.AnswerNextAsync("A whole answer");

        events.AddRange(await reader.ReadToEndAsync());

        Assert.Single(events, static e => e.Type == "restarted");
        Assert.Equal("A whole answer", TurnEventSeen.Assemble(events));
        Assert.Equal("A whole answer", TurnEventSeen.Assemble(await _user.EventsAsync(turn, cursor), "Half an ans"));
        Assert.Equal("A whole answer", (string)(await _user.MessagesAsync(_conversation))[1]["text"]!);
    }

    [Fact]
    public async Task Engine_KeepsFailing_IsGivenUpWithAReason()
    {
        await using var host = await ApiHost.StartAsync(stack, _engine, ("Turns:EnginePatience", "00:00:00"));
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, "Say it");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await _engine.NextCallAsync()).Refuse(503, "Loading model");
        }

        var failed = (await user.EventsAsync(turn))[^1];

        Assert.Equal("failed", failed.Type);
        Assert.Equal("engine_unavailable", (string)failed.Data["code"]!);
        var answer = (await user.MessagesAsync(conversation))[1];
        Assert.Equal("failed", (string)answer["status"]!);
        Assert.Equal("engine_unavailable", (string)answer["error"]!["code"]!);
        Assert.Contains("Loading model", (string)(await host.SqlAsync("SELECT last_error FROM turns"))!);
    }

    [Theory]
    [InlineData(400, "the request exceeds the available context size", "context_too_long")]
    [InlineData(400, "bad sampler", "request_refused")]
    [InlineData(401, "Invalid API Key", "engine_refused")]
    [InlineData(404, "no such model", "model_not_found")]
    public async Task Engine_ErrorThatStays_FailsAtOnceAndSaysWhatToDo(int status, string message, string code)
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        (await _engine.NextCallAsync()).Refuse(status, message);

        var failed = (await _user.EventsAsync(turn))[^1];

        Assert.Equal(code, (string)failed.Data["code"]!);
        Assert.DoesNotContain(message, (string)failed.Data["detail"]!);
        Assert.Equal(1, await _host.SqlAsync("SELECT attempt FROM turns"));
    }

    [Fact]
    public async Task Worker_LostItsTurnToAnother_IsInterruptedAndReplaced()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var zombie = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        zombie.Say("Half an ans");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");

        // As if another worker had claimed it while this one was paused, and had gone away in its turn.
        await _host.SqlAsync("UPDATE turns SET attempt = attempt + 1, lease_until = now() - interval '1 hour', worker = 'gone'");
        var call = await _engine.NextCallAsync();
        await zombie.Closed.WaitAsync(Soon, Cancelled);
        call.Say("A whole answer");
        call.Finish();
        events.AddRange(await reader.ReadToEndAsync());

        Assert.Equal("A whole answer", TurnEventSeen.Assemble(events));
        Assert.Single(events, static e => e.IsTerminal);
        Assert.Equal("A whole answer", (string)(await _user.MessagesAsync(_conversation))[1]["text"]!);
        Assert.Equal("3 1", await _host.SqlAsync("SELECT attempt || ' ' || failures FROM turns"));
    }

    [Fact]
    public async Task Worker_VanishedThreeTimes_TurnIsGivenUp()
    {
        var turn = await _user.SayAsync(_conversation, "Poison");
        var call = await _engine.NextCallAsync();
        await _host.SqlAsync("UPDATE turns SET attempt = attempt + 1, failures = 2, lease_until = now() - interval '1 hour', worker = 'gone'");
        await call.Closed.WaitAsync(Soon, Cancelled);

        var failed = (await _user.EventsAsync(turn))[^1];

        Assert.Equal("attempts_exhausted", (string)failed.Data["code"]!);
        Assert.Equal("The worker gone went away.", await _host.SqlAsync("SELECT last_error FROM turns"));
    }

    [Fact]
    public async Task Worker_Stops_GivesItsTurnToAnother()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        using (var reader = await _user.FollowAsync(turn))
        {
            call.Say("Half an ans");
            await reader.ReadUntilAsync(static e => e.Type == "delta");
        }

        await _host.DisposeAsync();

        Assert.Equal("queued 0 Half an ans", await _host.SqlAsync(
            "SELECT t.status || ' ' || t.failures || ' ' || m.text FROM turns t JOIN messages m ON m.id = t.assistant_message_id"));
        await using var next = await ApiHost.StartAsync(stack, _engine, _host.Database);
        await _engine.AnswerNextAsync("A whole answer");
        using var user = new HttpClient { BaseAddress = next.Address };
        user.DefaultRequestHeaders.Authorization = _user.Client.DefaultRequestHeaders.Authorization;
        using var again = await EventReader.OpenAsync(user, turn, null);
        Assert.Equal("A whole answer", TurnEventSeen.Assemble(await again.ReadToEndAsync()));
    }

    [Fact]
    public async Task Turn_QueuedWhileAllSlotsAreTaken_IsCancelledAtOnce()
    {
        await using var host = await ApiHost.StartAsync(stack, _engine, ("Turns:Concurrency", "1"));
        using var user = await host.SignUpAsync();
        var running = await user.SayAsync(await user.StartConversationAsync(), "First");
        var call = await _engine.NextCallAsync();
        var conversation = await user.StartConversationAsync();
        var queued = await user.SayAsync(conversation, "Second");
        using var reader = await user.FollowAsync(queued);

        Assert.Equal("cancelled", (string)(await user.CancelAsync(queued))["status"]!);

        Assert.Equal(["accepted", "cancelled"], (await reader.ReadToEndAsync().WaitAsync(Soon, Cancelled)).Select(static e => e.Type));
        Assert.Equal("stopped", (string)(await user.MessagesAsync(conversation))[1]["status"]!);
        call.Finish();
        Assert.Equal("completed", (await user.EventsAsync(running))[^1].Type);
    }

    [Fact]
    public async Task Prompt_SentToTheEngine_IsPersonaThenHistoryThenTheNewMessage()
    {
        var first = await _user.SayAsync(_conversation, "One <b> & {{$x}}");
        await _engine.AnswerNextAsync("Two");
        await _user.EventsAsync(first);

        await _user.SayAsync(_conversation, "Three");
        var call = await _engine.NextCallAsync();

        Assert.StartsWith("system: You are Mira, a cheerful pirate captain.", call.Prompt[0]);
        Assert.Equal(["user: One <b> & {{$x}}", "assistant: Two", "user: Three"], call.Prompt.Skip(1));
        Assert.Equal("scripted", (string)call.Request["model"]!);
        Assert.True((bool)call.Request["stream"]!);
        Assert.Equal(1024, (int?)(call.Request["max_completion_tokens"] ?? call.Request["max_tokens"]));
    }

    [Fact]
    public async Task Conversation_WhileATurnRuns_ShowsIt()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        call.Say("Some words");
        await reader.ReadUntilAsync(static e => e.Type == "delta");

        var active = (await _user.GetAsync($"/api/conversations/{_conversation}"))["activeTurn"]!;

        Assert.Equal(turn, (Guid)active["id"]!);
        Assert.Equal("running", (string)active["status"]!);
        Assert.Equal($"/api/turns/{turn}/events", (string)active["eventsUrl"]!);
    }
}
