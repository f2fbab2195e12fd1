using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

[Trait("Category", "Integration")]
public sealed class TurnSocketTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ("Turns:MaxReadersPerUser", "70"), ("Turns:MaxAnswerCharacters", "10000000"), ("Turns:Drain", "00:00:00"));
        _user = await _host.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Follow_TwoTurnsOnOneSocket_GivesTheSameEventsAsTheirStreams()
    {
        using var socket = await OpenAsync();
        var (first, firstCall) = await SayAsync();
        var (second, secondCall) = await SayAsync();
        await socket.FollowAsync(first);
        await socket.FollowAsync(second);
        var frames = new List<JsonNode>();
        foreach (var word in (string[])["eins ", "zwei 😀\n", "\"drei\" "])
        {
            firstCall.Say(word);
            secondCall.Say(word + word);
            await ReadDeltasAsync(socket, frames, 2);
        }

        firstCall.Finish();
        secondCall.Finish();
        while (frames.Count(static f => (string?)f["type"] == "ended") < 2)
        {
            frames.Add((await socket.NextAsync())!);
        }

        foreach (var (turn, text) in ((Guid, string)[])[(first, "eins zwei 😀\n\"drei\" "), (second, "eins eins zwei 😀\nzwei 😀\n\"drei\" \"drei\" ")])
        {
            var mine = frames.Where(f => (Guid?)f["turnId"] == turn).ToList();
            Assert.Equal("ended", (string?)mine[^1]["type"]);
            var events = mine.SkipLast(1).Select(SocketClient.Event).ToList();
            Assert.Equal(text, TurnEventSeen.Assemble(events));
            Assert.Equal(["accepted", "delta", "delta", "delta", "usage", "completed"], events.Select(static e => e.Type));
            Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], events.Select(static e => e.Seq));
            var streamed = await _user.EventsAsync(turn);
            Assert.Equal(streamed[^1].Id, events[^1].Id);
            Assert.Equal(streamed[^1].Data.ToJsonString(), events[^1].Data.ToJsonString());
        }
    }

    [Fact]
    public async Task Follow_WithLastEventId_MissesAndRepeatsNothing()
    {
        var (turn, call) = await SayAsync();
        string cursor;
        using (var early = await OpenAsync())
        {
            await early.FollowAsync(turn);
            var seen = new List<JsonNode>();
            call.Say("Red ");
            await ReadDeltasAsync(early, seen, 1);
            cursor = (string)seen[^1]["id"]!;
        }

        call.Say("green ");
        using var late = await OpenAsync();
        await late.FollowAsync(turn, cursor);
        call.Say("blue");
        call.Finish();

        Assert.Equal("Red green blue", TurnEventSeen.Assemble(await late.ReadToEndAsync(turn), "Red "));
    }

    [Fact]
    public async Task Follow_EndedTurnFromItsLastEvent_EndsAtOnce()
    {
        var (turn, call) = await SayAsync();
        call.Say("Done");
        call.Finish();
        var last = (await _user.EventsAsync(turn))[^1].Id;
        using var socket = await OpenAsync();

        await socket.FollowAsync(turn, last);
        Assert.Empty(await socket.ReadToEndAsync(turn));

        // And it may be followed again, from elsewhere.
        await socket.FollowAsync(turn);
        Assert.Equal("Done", TurnEventSeen.Assemble(await socket.ReadToEndAsync(turn)));
    }

    [Fact]
    public async Task Follow_TenSocketsOnOneTurn_CostOneCallOfTheEngine()
    {
        var turn = await _user.SayAsync(await _user.StartConversationAsync(), "Say it");
        var sockets = new List<SocketClient>();
        for (var i = 0; i < 10; i++)
        {
            sockets.Add(await OpenAsync());
            await sockets[i].FollowAsync(turn);
        }

        await _engine.AnswerNextAsync("Hello ", "world");

        foreach (var socket in sockets)
        {
            Assert.Equal("Hello world", TurnEventSeen.Assemble(await socket.ReadToEndAsync(turn)));
            socket.Dispose();
        }

        Assert.False(_engine.HasCall);
        Assert.Equal(1, await _host.SqlAsync("SELECT attempt FROM turns"));
    }

    [Fact]
    public async Task Follow_WhatCannotBeFollowed_IsAnErrorAndTheSocketStaysOpen()
    {
        using var other = await _host.SignUpAsync();
        var theirs = await other.SayAsync(await other.StartConversationAsync(), "Mine");
        var theirCall = await _engine.NextCallAsync();
        var (turn, call) = await SayAsync();
        using var socket = await OpenAsync();

        await socket.FollowAsync(theirs);
        AssertError(await socket.NextAsync(), 404, theirs);
        var nobodys = Guid.NewGuid();
        await socket.FollowAsync(nobodys);
        AssertError(await socket.NextAsync(), 404, nobodys);
        await socket.SendAsync(new { type = "follow", turnId = "x" });
        AssertError(await socket.NextAsync(), 400, null);
        await socket.FollowAsync(turn, "12");
        AssertError(await socket.NextAsync(), 400, turn);
        call.Say("Hello");
        using (var stream = await _user.FollowAsync(turn))
        {
            await stream.ReadUntilAsync(static e => e.Type == "delta");
        }

        await socket.FollowAsync(turn, "9999-0");
        AssertError(await socket.NextAsync(), 400, turn);
        await socket.FollowAsync(turn, "2-5");
        await socket.FollowAsync(turn);
        AssertError(await socket.NextAsync(), 409, turn);
        foreach (var frame in (string[])["""{"type":"shout"}""", """{"type":5}""", "[]", "null", "5", """{"turnId":"x"}"""])
        {
            await socket.SendAsync(frame);
            AssertError(await socket.NextAsync(), 400, null);
        }

        await socket.SendAsync(new { type = "ping" });
        Assert.Equal("""{"type":"pong"}""", (await socket.NextAsync())!.ToJsonString());
        call.Finish();
        Assert.Equal("completed", (await socket.ReadToEndAsync(turn))[^1].Type);
        theirCall.Finish();
    }

    [Fact]
    public async Task Unfollow_RunningTurn_IsHeardOfNoMore()
    {
        var (turn, call) = await SayAsync();
        using var socket = await OpenAsync();
        await socket.FollowAsync(turn);
        Assert.Equal("accepted", (string?)(await socket.NextAsync())!["event"]);

        await socket.SendAsync(new { type = "unfollow", turnId = turn });
        await socket.SendAsync(new { type = "ping" });
        Assert.Equal("pong", (string?)(await socket.NextAsync())!["type"]);
        call.Say("Hello");
        call.Finish();
        await _user.EventsAsync(turn);

        await socket.SendAsync(new { type = "ping" });
        Assert.Equal("pong", (string?)(await socket.NextAsync())!["type"]);
    }

    [Fact]
    public async Task Follow_65thTurn_IsRefusedUntilOneIsLetGo()
    {
        await using var host = await ApiHost.StartAsync(stack, _engine, ("Turns:MaxActivePerUser", "100"), ("Turns:Concurrency", "1"), ("Turns:MaxReadersPerUser", "100"));
        using var user = await host.SignUpAsync();
        var turns = new List<Guid>();
        for (var i = 0; i < 65; i++)
        {
            turns.Add(await user.SayAsync(await user.StartConversationAsync(), "Say it"));
        }

        using var socket = await SocketClient.OpenAsync(host.Address, user.Token);
        foreach (var id in turns)
        {
            await socket.FollowAsync(id);
        }

        var accepted = 0;
        JsonNode frame;
        while ((string?)(frame = (await socket.NextAsync())!)["type"] == "event")
        {
            accepted++;
        }

        AssertError(frame, 429, turns[64]);
        while (accepted < 64)
        {
            Assert.Equal("accepted", (string?)(await socket.NextAsync())!["event"]);
            accepted++;
        }

        await socket.SendAsync(new { type = "unfollow", turnId = turns[0] });
        await socket.FollowAsync(turns[64]);
        Assert.Equal(turns[64], (Guid?)(await socket.NextAsync())!["turnId"]);
    }

    [Theory]
    [InlineData("garbage", WebSocketMessageType.Text, WebSocketCloseStatus.InvalidMessageType)]
    [InlineData("", WebSocketMessageType.Text, WebSocketCloseStatus.InvalidMessageType)]
    [InlineData("""{"type":"ping"}""", WebSocketMessageType.Binary, WebSocketCloseStatus.InvalidMessageType)]
    public async Task Frame_NotJsonText_ClosesTheSocket(string content, WebSocketMessageType type, WebSocketCloseStatus expected)
    {
        using var socket = await OpenAsync();

        await socket.SendAsync(Encoding.UTF8.GetBytes(content), type);

        Assert.Equal(expected, await socket.ClosedAsync());
    }

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, WebSocketCloseStatus.MessageTooBig)]
    [InlineData(1_000_000, WebSocketCloseStatus.MessageTooBig)]
    public async Task Frame_OfALength_IsTakenUpTo4Kilobytes(int length, WebSocketCloseStatus? expected)
    {
        using var socket = await OpenAsync();
        const string Ping = """{"type":"ping"}""";

        await socket.SendAsync(Ping + new string(' ', length - Ping.Length));

        if (expected is null)
        {
            Assert.Equal("pong", (string?)(await socket.NextAsync())!["type"]);
        }
        else
        {
            Assert.Equal(expected, await socket.ClosedAsync());
        }
    }

    [Fact]
    public async Task Frame_InvalidUtf8_ClosesTheSocket()
    {
        using var socket = await OpenAsync();

        await socket.SendAsync([0x22, 0xff, 0xfe, 0x22], WebSocketMessageType.Text);

        // The framework breaks the connection off: after the code for it, or without.
        await Record.ExceptionAsync(socket.ClosedAsync);
        Assert.NotEqual(WebSocketState.Open, socket.Socket.State);
    }

    [Fact]
    public async Task Close_ByTheClient_IsAnsweredAndLetsTurnsGo()
    {
        var (turn, call) = await SayAsync();
        using var socket = await OpenAsync();
        await socket.FollowAsync(turn);
        await socket.NextAsync();

        await socket.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.Socket.CloseStatus);
        call.Finish();
    }

    [Fact]
    public async Task Close_TheServiceStops_Is1001()
    {
        using var socket = await OpenAsync();
        await socket.SendAsync(new { type = "ping" });
        await socket.NextAsync();

        var stopping = _host.DisposeAsync();

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await socket.ClosedAsync());
        await socket.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        await stopping.AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
    }

    [Fact]
    public async Task Close_SlowClient_ResumesFromTheLog()
    {
        var (turn, call) = await SayAsync();
        using var socket = await OpenAsync();
        await socket.FollowAsync(turn);
        var piece = string.Concat(Enumerable.Repeat("the sea is calm. ", 4096))[..(64 * 1024)];
        for (var i = 0; i < 100; i++)
        {
            call.Say(piece);
        }

        call.Finish();
        await _user.EventsAsync(turn);

        var events = await socket.ReadToEndAsync(turn);

        Assert.Equal(100 * piece.Length, TurnEventSeen.Assemble(events).Length);
        Assert.Equal("completed", events[^1].Type);
    }

    [Fact]
    public async Task Open_WithoutAToken_Is401()
    {
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(
            new UriBuilder(_host.Address) { Scheme = "ws", Path = "/api/ws" }.Uri, Cancelled));

        Assert.Equal(HttpStatusCode.Unauthorized, client.HttpStatusCode);
    }

    [Fact]
    public async Task Open_MoreThanAPersonMayHave_Is429()
    {
        await using var host = await ApiHost.StartAsync(stack, _engine, ("Turns:MaxReadersPerUser", "1"));
        using var user = await host.SignUpAsync();
        using var first = await SocketClient.OpenAsync(host.Address, user.Token);
        using var second = new ClientWebSocket();
        second.Options.CollectHttpResponseDetails = true;
        second.Options.SetRequestHeader("Authorization", $"Bearer {user.Token}");

        await Assert.ThrowsAsync<WebSocketException>(() => second.ConnectAsync(
            new UriBuilder(host.Address) { Scheme = "ws", Path = "/api/ws" }.Uri, Cancelled));

        Assert.Equal(HttpStatusCode.TooManyRequests, second.HttpStatusCode);
    }

    [Fact]
    public async Task Open_NotAWebSocket_Is400()
    {
        using var response = await _user.Client.GetAsync("/api/ws", Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static void AssertError(JsonNode? frame, int status, Guid? turn)
    {
        Assert.Equal("error", (string?)frame!["type"]);
        Assert.Equal(status, (int?)frame["status"]);
        Assert.Equal(turn, (Guid?)frame["turnId"]);
        Assert.NotEmpty((string)frame["title"]!);
        Assert.NotEmpty((string)frame["detail"]!);
    }

    private static async Task ReadDeltasAsync(SocketClient socket, List<JsonNode> frames, int count)
    {
        for (var read = 0; read < count;)
        {
            frames.Add((await socket.NextAsync())!);
            read += (string?)frames[^1]["event"] == "delta" ? 1 : 0;
        }
    }

    private Task<SocketClient> OpenAsync() => SocketClient.OpenAsync(_host.Address, _user.Token);

    private async Task<(Guid Turn, EngineCall Call)> SayAsync()
    {
        var turn = await _user.SayAsync(await _user.StartConversationAsync(), "Say it");
        return (turn, await _engine.NextCallAsync());
    }
}
