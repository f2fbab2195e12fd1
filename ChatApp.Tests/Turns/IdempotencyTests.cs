using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>One key is one request: repeated it is one turn, changed it is refused.</summary>
[Trait("Category", "Integration")]
public sealed class IdempotencyTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;
    private JsonNode _first = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ApiHostRows.WithoutWorker, ("Models:Prefills", "true"), ("Turns:MaxQueued", "3"));
        _user = await _host.SignUpAsync();
        _conversation = await _user.StartConversationAsync();
        _first = await PostedAsync(() => _user.PostTurnAsync(_conversation, "Hello", "first"));
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Theory]
    [InlineData("say")]
    [InlineData("edit")]
    [InlineData("regenerate")]
    [InlineData("continue")]
    public async Task Repeat_SameKeyManyTimesAtOnce_IsOneTurn(string kind)
    {
        var (said, answer) = Messages(_first);
        Func<Task<HttpResponseMessage>> send = kind switch
        {
            "edit" => () => _user.EditAsync(_conversation, said, "Bye", "key"),
            "regenerate" => () => _user.RegenerateAsync(_conversation, answer, "key"),
            "continue" => () => _user.ContinueAsync(_conversation, answer, "key"),
            _ => () => _user.PostTurnAsync(_conversation, "Bye", "key"),
        };

        var turns = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => send().JsonAsync(HttpStatusCode.Accepted)));

        Assert.Single(turns.Select(static t => t.ToJsonString()).Distinct());
        Assert.Equal(2L, await _host.SqlAsync("SELECT count(*) FROM turns"));
        Assert.Equal(kind is "say" or "edit" ? 4L : 3L, await _host.SqlAsync("SELECT count(*) FROM messages"));

        // Still the same when it has ended, and with the answer as it is by then.
        await _host.EndTurnAsync((Guid)turns[0]["id"]!, "cancelled", "Hello, dear");
        var before = await _host.FingerprintAsync();
        Assert.Equal("cancelled", (string)(await send().JsonAsync(HttpStatusCode.Accepted))["status"]!);
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Fact]
    public async Task Repeat_SameKeyForAnythingElse_IsRefused()
    {
        var (said, answer) = Messages(_first);
        var second = await PostedAsync(() => _user.PostTurnAsync(_conversation, "Hello", "say"));
        var edit = await PostedAsync(() => _user.EditAsync(_conversation, said, "Bye", "edit"));
        await PostedAsync(() => _user.RegenerateAsync(_conversation, answer, "regenerate"));
        await PostedAsync(() => _user.ContinueAsync(_conversation, answer, "continue"));
        var (otherSaid, otherAnswer) = Messages(second);
        Func<Task<HttpResponseMessage>>[] different =
        [
            () => _user.PostTurnAsync(_conversation, "Hello!", "say"),
            () => _user.EditAsync(_conversation, otherSaid, "Hello", "say"),
            () => _user.RegenerateAsync(_conversation, otherAnswer, "say"),
            () => _user.PostTurnAsync(_conversation, "Bye", "edit"),
            () => _user.EditAsync(_conversation, said, "Bye!", "edit"),
            () => _user.EditAsync(_conversation, otherSaid, "Bye", "edit"),
            () => _user.RegenerateAsync(_conversation, Messages(edit).Answer, "edit"),
            () => _user.RegenerateAsync(_conversation, otherAnswer, "regenerate"),
            () => _user.ContinueAsync(_conversation, answer, "regenerate"),
            () => _user.RegenerateAsync(_conversation, answer, "continue"),
            () => _user.ContinueAsync(_conversation, otherAnswer, "continue"),
            () => _user.PostTurnAsync(_conversation, "Hello", "continue"),
        ];
        var before = await _host.FingerprintAsync();

        foreach (var send in different)
        {
            Assert.Contains("Idempotency-Key", (string)(await send().JsonAsync(HttpStatusCode.Conflict))["detail"]!);
        }

        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Fact]
    public async Task SameKey_TwoConversations_AreTwoTurns()
    {
        var other = await _user.StartConversationAsync();

        var there = await _user.PostTurnAsync(other, "Something else", "first").JsonAsync(HttpStatusCode.Accepted);
        var here = await _user.PostTurnAsync(_conversation, "Hello", "first").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal((Guid)_first["id"]!, (Guid)here["id"]!);
        Assert.NotEqual((Guid)here["id"]!, (Guid)there["id"]!);
        Assert.Equal(other, (Guid)there["conversationId"]!);
    }

    [Fact]
    public async Task TwoMessages_AtOnce_AreOneTurnAndOneConflict()
    {
        for (var round = 0; round < 10; round++)
        {
            var turns = await _host.SqlAsync("SELECT count(*) FROM turns");
            var posts = await Task.WhenAll(
                _user.PostTurnAsync(_conversation, "One", $"one-{round}"),
                round % 2 == 0 ? _user.PostTurnAsync(_conversation, "Two", $"two-{round}") : _user.RegenerateAsync(_conversation, Messages(_first).Answer));

            Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Conflict], posts.Select(static p => p.StatusCode).Order());
            Assert.Equal((long)turns! + 1, await _host.SqlAsync("SELECT count(*) FROM turns"));
            var accepted = await ApiUser.JsonAsync(posts.Single(static p => p.StatusCode == HttpStatusCode.Accepted));
            await _host.EndTurnAsync((Guid)accepted["id"]!, "completed", "Yes", "stop");
        }
    }

    [Fact]
    public async Task Queue_Full_IsRefusedUntilThereIsRoom()
    {
        using var other = await _host.SignUpAsync();
        var waiting = new List<(Guid Conversation, JsonNode Turn)>();
        for (var i = 0; i < 3; i++)
        {
            var conversation = await _user.StartConversationAsync();
            waiting.Add((conversation, await _user.PostTurnAsync(conversation, "Hello", "key").JsonAsync(HttpStatusCode.Accepted)));
        }

        var theirs = await other.StartConversationAsync();
        var before = await _host.FingerprintAsync();
        using var refused = await other.PostTurnAsync(theirs, "Hello");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Contains("waiting", (string)(await ApiUser.JsonAsync(refused))["detail"]!);
        Assert.Equal(before, await _host.FingerprintAsync());

        // What was taken before is still answered, and one place free is enough for one more.
        Assert.Equal((Guid)waiting[0].Turn["id"]!, (Guid)(await _user.PostTurnAsync(waiting[0].Conversation, "Hello", "key").JsonAsync(HttpStatusCode.Accepted))["id"]!);
        await _user.CancelAsync((Guid)waiting[1].Turn["id"]!);
        await other.PostTurnAsync(theirs, "Hello").JsonAsync(HttpStatusCode.Accepted);
        await _user.PostTurnAsync(_conversation, "Hello").JsonAsync(HttpStatusCode.TooManyRequests);
    }

    private static (Guid Said, Guid Answer) Messages(JsonNode turn) => ((Guid)turn["userMessageId"]!, (Guid)turn["assistantMessageId"]!);

    /// <summary>Sends, and ends the turn as stopped in the middle.</summary>
    private async Task<JsonNode> PostedAsync(Func<Task<HttpResponseMessage>> send)
    {
        var turn = await send().JsonAsync(HttpStatusCode.Accepted);
        await _host.EndTurnAsync((Guid)turn["id"]!, "cancelled", "Hel");
        return turn;
    }
}
