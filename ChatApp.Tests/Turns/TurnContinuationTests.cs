using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>An attempt that is cut off is continued where it was, on an engine that goes on from a text.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class TurnContinuationTests(StackFixture stack) : IAsyncLifetime
{
    private const string Lost = "UPDATE turns SET attempt = attempt + 1, lease_until = now() - interval '1 hour', worker = 'gone'";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(
            stack, _engine, ("Turns:Lease", "00:00:02"), ("Turns:Drain", "00:00:00"), ("Models:Prefills", "true"), ("Turns:MaxAnswerCharacters", "60"));
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
    public async Task Engine_BreaksInMidAnswer_GoesOnWhereItWas()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        call.Say("Half an ans😀");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");
        var cursor = events[^1].Id;
        call.Break();

        var next = await _engine.AnswerNextAsync("wer, whole");
        events.AddRange(await reader.ReadToEndAsync());

        Assert.Equal(["user: Say it", "assistant: Half an ans😀"], next.Prompt.TakeLast(2));
        Assert.Equal(1024 - 4, (int?)(next.Request["max_completion_tokens"] ?? next.Request["max_tokens"]));
        Assert.DoesNotContain(events, static e => e.Type == "restarted");
        Assert.Equal("Half an ans😀wer, whole", TurnEventSeen.Assemble(events));
        Assert.Equal("wer, whole", TurnEventSeen.Assemble(await _user.EventsAsync(turn, cursor)));
        Assert.Equal("Half an ans😀wer, whole", (string)(await _user.MessagesAsync(_conversation))[1]["text"]!);
    }

    [Fact]
    public async Task Worker_LostInMidAnswer_IsReplacedAndReadersSeeAnUnbrokenText()
    {
        var (turn, zombie, reader, events) = await HalfSavedAsync();
        using var open = reader;

        await _host.SqlAsync(Lost);
        var call = await _engine.NextCallAsync();
        await zombie.Closed.WaitAsync(Soon, Cancelled);
        call.Say("wer");
        call.Finish();
        events.AddRange(await reader.ReadToEndAsync());

        Assert.Equal("assistant: Half an ans", call.Prompt[^1]);
        Assert.DoesNotContain(events, static e => e.Type == "restarted");
        Assert.Equal("Half an answer", TurnEventSeen.Assemble(events));
        Assert.Equal("Half an answer", TurnEventSeen.Assemble(await _user.EventsAsync(turn)));
        Assert.Equal("Half an answer", (string)(await _user.MessagesAsync(_conversation))[1]["text"]!);
    }

    [Fact]
    public async Task Worker_LostAfterTheLastWord_CompletesWithTheUsageOfWhatWasWritten()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var zombie = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        zombie.Say("Everything.");
        await reader.ReadUntilAsync(static e => e.Type == "delta");

        await _host.SqlAsync(Lost);
        (await _engine.NextCallAsync()).Finish();

        Assert.Equal(["usage", "completed"], (await reader.ReadToEndAsync()).Select(static e => e.Type));
        Assert.True((int)(await _user.GetAsync($"/api/turns/{turn}"))["usage"]!["outputTokens"]! > 0);
    }

    [Fact]
    public async Task Worker_LostTogetherWithTheLog_ReadersBeginAnewWithWhatIsSaved()
    {
        var (turn, zombie, reader, events) = await HalfSavedAsync();
        using var open = reader;
        var cursor = events[^1].Id;

        await _host.SqlAsync(Lost);
        using (var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis))
        {
            await redis.GetDatabase().KeyDeleteAsync($"chatapp:turn:{{{turn:N}}}:events");
        }

        var call = await _engine.NextCallAsync();
        call.Say("the other half");
        call.Finish();
        events.AddRange(await reader.ReadToEndAsync());

        Assert.Equal("assistant: Half ", call.Prompt[^1]);
        Assert.Single(events, static e => e.Type == "restarted");
        Assert.Equal("Half the other half", TurnEventSeen.Assemble(events));
        Assert.Equal("Half the other half", TurnEventSeen.Assemble(await _user.EventsAsync(turn, cursor), "Half an ans"));
        Assert.Equal("Half the other half", TurnEventSeen.Assemble(await _user.EventsAsync(turn)));
    }

    [Fact]
    public async Task Worker_LostBeforeTheFirstWord_TellsReadersNothing()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        await reader.ReadUntilAsync(static e => e.Type == "accepted");

        await _host.SqlAsync(Lost);
        await _engine.AnswerNextAsync("Said");

        Assert.Equal(["delta", "usage", "completed"], (await reader.ReadToEndAsync()).Select(static e => e.Type));
    }

    [Fact]
    public async Task Worker_LostAfterAStopWasAsked_EndsWithTheWholeTextThatWasSeen()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var zombie = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        zombie.Say("Half an ans");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");

        await _host.SqlAsync($"{Lost}, cancel_requested_at = now(), event_seq = 1; UPDATE messages SET text = '' WHERE role = 'assistant'");
        events.AddRange(await reader.ReadToEndAsync());

        Assert.Equal("cancelled", events[^1].Type);
        Assert.Equal("Half an ans", TurnEventSeen.Assemble(events));
        Assert.Equal("Half an ans", (string)(await _user.MessagesAsync(_conversation))[1]["text"]!);
    }

    [Fact]
    public async Task Worker_Stops_AnotherGoesOn()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        string cursor;
        using (var reader = await _user.FollowAsync(turn))
        {
            call.Say("Half an ans");
            cursor = (await reader.ReadUntilAsync(static e => e.Type == "delta"))[^1].Id;
        }

        await _host.DisposeAsync();
        await using var next = await ApiHost.StartAsync(stack, _engine, _host.Database, ("Models:Prefills", "true"));
        await _engine.AnswerNextAsync("wer");

        using var user = new HttpClient { BaseAddress = next.Address };
        user.DefaultRequestHeaders.Authorization = _user.Client.DefaultRequestHeaders.Authorization;
        using var again = await EventReader.OpenAsync(user, turn, cursor);
        Assert.Equal("Half an answer", TurnEventSeen.Assemble(await again.ReadToEndAsync(), "Half an ans"));
    }

    [Fact]
    public async Task Engine_NeverStops_IsCutOffAtTheBoundInCharacters()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        for (var i = 0; i < 20; i++)
        {
            call.Say("12345678😀");
        }

        await call.Closed.WaitAsync(Soon, Cancelled);
        var events = await _user.EventsAsync(turn);

        Assert.Equal(60, TurnEventSeen.Assemble(events).Length);
        Assert.Equal("length", (string)events[^1].Data["finishReason"]!);
    }

    [Fact]
    public async Task Engine_AwayForAWhile_IsWaitedForAndNotCountedAsFailure()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        for (var attempt = 0; attempt < 4; attempt++)
        {
            (await _engine.NextCallAsync()).Refuse(503, "Loading model");
        }

        await _engine.AnswerNextAsync("Now");

        Assert.Equal("completed", (await _user.EventsAsync(turn))[^1].Type);
        Assert.Equal("5 0", await _host.SqlAsync("SELECT attempt || ' ' || failures FROM turns"));
    }

    /// <summary>An answer of which readers have "Half an ans", and Postgres "Half ": only the log has the last words.</summary>
    private async Task<(Guid Turn, EngineCall Call, EventReader Reader, List<TurnEventSeen> Events)> HalfSavedAsync()
    {
        var turn = await _user.SayAsync(_conversation, "Say it");
        var call = await _engine.NextCallAsync();
        var reader = await _user.FollowAsync(turn);
        call.Say("Half ");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");
        while ((string)(await _user.MessagesAsync(_conversation))[1]["text"]! != "Half ")
        {
            await Task.Delay(50, Cancelled);
        }

        call.Say("an ans");
        events.AddRange(await reader.ReadUntilAsync(static e => e.Type == "delta"));
        await _host.SqlAsync("UPDATE messages SET text = 'Half ' WHERE role = 'assistant'; UPDATE turns SET event_seq = 2");
        return (turn, call, reader, events);
    }
}
