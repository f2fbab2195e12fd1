using System.Globalization;
using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>What a turn tells the gateway, and what it makes of the gateway's errors.</summary>
[Trait("Category", "Integration")]
public sealed class TurnAtTheGatewayTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ("Models:Prefills", "true"));
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
    public async Task Call_OfATurn_SaysForWhomWhereAndByWhen()
    {
        var turn = await _user.SayAsync(_conversation, "Hello");

        var call = await _engine.AnswerNextAsync("Hi");
        await _user.EventsAsync(turn);

        Assert.Equal((string)(await _user.GetAsync("/api/me"))["id"]!, call.Headers["ChatApp-Caller"]);
        Assert.Equal(_conversation.ToString(), call.Headers["ChatApp-Conversation"]);
        Assert.InRange(int.Parse(call.Headers["ChatApp-Deadline"], CultureInfo.InvariantCulture), 100_000, 120_000);
        Assert.DoesNotContain(call.Headers.Values, value => value.Contains(_user.Email, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_WithMemories_IsKeptInsideWhereThePersonWantsIt(bool staysInside)
    {
        await _user.SendAsync(HttpMethod.Put, $"/api/characters/{ApiUser.Mira}/memory", new { remembers = true, staysInside }).JsonAsync(HttpStatusCode.OK);
        await _user.SendAsync(HttpMethod.Post, $"/api/characters/{ApiUser.Mira}/memories", new { text = "My cat is called Biscuit.", pinned = true }).JsonAsync(HttpStatusCode.Created);

        var turn = await _user.SayAsync(_conversation, "What is my cat called?");
        var call = await _engine.AnswerNextAsync("Biscuit.");
        await _user.EventsAsync(turn);

        Assert.Contains("Biscuit", call.Prompt[^1], StringComparison.Ordinal);
        Assert.Equal(staysInside ? "only" : null, call.Headers.GetValueOrDefault("ChatApp-Inside"));
    }

    [Fact]
    public async Task Answer_BrokenOffByTheGateway_IsContinuedByTheNextAttempt()
    {
        var turn = await _user.SayAsync(_conversation, "Tell me of the sea");
        var call = await _engine.NextCallAsync();
        call.Say("The sea is ");
        call.BreakOff();

        var next = await _engine.AnswerNextAsync("wide.");
        var events = await _user.EventsAsync(turn);

        Assert.Equal("assistant: The sea is ", next.Prompt[^1]);
        Assert.Equal("completed", events[^1].Type);
        Assert.Equal("The sea is wide.", TurnEventSeen.Assemble(events));
        Assert.DoesNotContain(events, static e => e.Type is "restarted" or "failed");
    }

    [Fact]
    public async Task Budget_Exceeded_EndsTheTurnAtOnceAndSaysWhenItResets()
    {
        var turn = await _user.SayAsync(_conversation, "Hello");
        (await _engine.NextCallAsync()).Refuse(429, "Your budget of 100 tokens a day is used up.", "budget_exceeded", retryAfter: 3600);

        var failed = (await _user.EventsAsync(turn))[^1];

        Assert.Equal(("failed", "budget_exceeded"), (failed.Type, (string)failed.Data["code"]!));
        Assert.Matches(@"From \d\d:\d\d UTC on \d+ \w+ you can go on\.", (string)failed.Data["detail"]!);
        Assert.Equal(1, await _host.SqlAsync($"SELECT attempt FROM turns WHERE id = '{turn}'"));
        Assert.False(_engine.HasCall);
    }

    [Theory]
    [InlineData(503, "engine_loading")]
    [InlineData(429, "too_many_requests")]
    public async Task Engine_LoadingOrFull_IsAskedAgainWhenTheGatewaySaysAndNotCounted(int status, string code)
    {
        var turn = await _user.SayAsync(_conversation, "Hello");
        (await _engine.NextCallAsync()).Refuse(status, "Not yet.", code, retryAfter: 2);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await _engine.AnswerNextAsync("Hi");
        var waited = clock.Elapsed;
        var events = await _user.EventsAsync(turn);

        Assert.Equal("completed", events[^1].Type);
        Assert.True(waited >= TimeSpan.FromSeconds(1.8), $"It was asked again after {waited}.");
        Assert.Equal(0, await _host.SqlAsync($"SELECT failures FROM turns WHERE id = '{turn}'"));
    }

    [Theory]
    [InlineData(400, "context_too_long", "context_too_long")]
    [InlineData(400, "not_supported", "not_supported")]
    [InlineData(404, "model_not_found", "model_not_found")]
    public async Task Refusal_ForGood_IsTheTurnsOwn(int status, string code, string expected)
    {
        var turn = await _user.SayAsync(_conversation, "Hello");
        (await _engine.NextCallAsync()).Refuse(status, "No.", code);

        var failed = (await _user.EventsAsync(turn))[^1];

        Assert.Equal(("failed", expected), (failed.Type, (string)failed.Data["code"]!));
    }
}
