using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Readers that are wrong, too many, or too slow.</summary>
[Trait("Category", "Integration")]
public sealed class StreamLimitTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ("Turns:MaxReadersPerUser", "3"), ("Turns:MaxAnswerCharacters", "10000000"));
        _user = await _host.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Theory]
    [InlineData("9999-0")]
    [InlineData("9999-5")]
    [InlineData("2-99999")]
    [InlineData("2-4")]
    [InlineData("0-3")]
    public async Task Events_IdThatTheTurnNeverGave_Is400(string id)
    {
        var turn = await _user.SayAsync(await _user.StartConversationAsync(), "Say it");
        var call = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        call.Say("Hello");
        Assert.Equal("2-5", (await reader.ReadUntilAsync(static e => e.Type == "delta"))[^1].Id);

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(turn, id));
        call.Finish();
        await reader.ReadToEndAsync();
        if (id != "2-4")
        {
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(turn, id));
        }
    }

    [Fact]
    public async Task Events_IdBeyondAQueuedTurn_Is400()
    {
        await using var host = await ApiHost.StartAsync(stack, _engine, ("Turns:Concurrency", "1"));
        using var user = await host.SignUpAsync();
        await user.SayAsync(await user.StartConversationAsync(), "First");
        await _engine.NextCallAsync();
        var queued = await user.SayAsync(await user.StartConversationAsync(), "Second");

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(user, queued, "2-0"));
    }

    [Theory]
    [InlineData("9999-0")]
    [InlineData("2-99999")]
    public async Task Events_IdThatCannotBeProvedWrong_IsServedToTheEnd(string id)
    {
        var turn = await _user.SayAsync(await _user.StartConversationAsync(), "Say it");
        var call = await _engine.NextCallAsync();

        // Nothing was logged yet, as after a loss of the log: such a reader may have seen what nobody else knows of.
        using var reader = await _user.FollowAsync(turn, id);
        call.Say("Hello");
        call.Finish();

        var events = await reader.ReadToEndAsync().WaitAsync(Soon, Cancelled);
        Assert.All(events, static e => Assert.NotEqual("delta", e.Type));
    }

    [Fact]
    public async Task Events_IdBeforeARestart_MayBeLongerThanTheNewText()
    {
        var turn = await _user.SayAsync(await _user.StartConversationAsync(), "Say it");
        var call = await _engine.NextCallAsync();
        using var reader = await _user.FollowAsync(turn);
        call.Say("A long beginning");
        var cursor = (await reader.ReadUntilAsync(static e => e.Type == "delta"))[^1].Id;
        call.Finish();
        await reader.ReadToEndAsync();
        await _host.SqlAsync("UPDATE turns SET restart_seq = 3");
        await _host.SqlAsync("UPDATE messages SET text = 'Short' WHERE role = 'assistant'");

        Assert.Equal("Short", TurnEventSeen.Assemble(await _user.EventsAsync(turn, cursor), "A long beginning"));
    }

    [Fact]
    public async Task Events_MoreStreamsThanAPersonMayHave_Is429UntilOneEnds()
    {
        var turn = await _user.SayAsync(await _user.StartConversationAsync(), "Say it");
        var call = await _engine.NextCallAsync();
        using var other = await _host.SignUpAsync();
        var readers = new List<EventReader>();
        for (var i = 0; i < 3; i++)
        {
            readers.Add(await _user.FollowAsync(turn));
        }

        using var response = await GetAsync(_user, turn, null);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, turn, null));

        readers[0].Dispose();
        HttpStatusCode status;
        do
        {
            status = await StatusAsync(_user, turn, null);
        }
        while (status == HttpStatusCode.TooManyRequests && !Cancelled.IsCancellationRequested);

        Assert.Equal(HttpStatusCode.OK, status);
        call.Finish();
        await readers[1].ReadToEndAsync();
        readers.ForEach(static r => r.Dispose());
    }

    [Fact]
    public async Task Events_ReaderThatStopsReading_HoldsUpNobody()
    {
        var turn = await _user.SayAsync(await _user.StartConversationAsync(), "Say it");
        var call = await _engine.NextCallAsync();
        using var stuck = await OpenWithoutReadingAsync(turn);
        using var reader = await _user.FollowAsync(turn);

        // More than the sockets' buffers hold, so that the writes to the stuck one wait.
        var piece = string.Concat(Enumerable.Repeat("the sea is calm. ", 4096))[..(64 * 1024)];
        for (var i = 0; i < 100; i++)
        {
            call.Say(piece);
        }

        call.Finish();
        var events = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

        Assert.Equal(100 * piece.Length, TurnEventSeen.Assemble(events).Length);
    }

    private static async Task<HttpResponseMessage> GetAsync(ApiUser user, Guid turn, string? id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/turns/{turn}/events");
        if (id is not null)
        {
            request.Headers.Add("Last-Event-ID", id);
        }

        return await user.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiUser user, Guid turn, string? id)
    {
        using var response = await GetAsync(user, turn, id);
        return response.StatusCode;
    }

    private Task<HttpStatusCode> StatusAsync(Guid turn, string? id) => StatusAsync(_user, turn, id);

    private async Task<TcpClient> OpenWithoutReadingAsync(Guid turn)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port, Cancelled);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/turns/{turn}/events HTTP/1.1\r\nHost: {_host.Address.Authority}\r\nAuthorization: Bearer {_user.Token}\r\n\r\n"), Cancelled);
        await client.GetStream().ReadExactlyAsync(new byte[12], Cancelled);
        return client;
    }
}
