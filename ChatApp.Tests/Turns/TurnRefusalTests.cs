using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>What is not taken is answered by a problem that says why, and changes nothing at all.</summary>
[Trait("Category", "Integration")]
public sealed class TurnRefusalTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;
    private Guid _said;
    private Guid _answer;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ApiHostRows.WithoutWorker, ("Models:Prefills", "true"));
        _user = await _host.SignUpAsync();
        _conversation = await _user.StartConversationAsync();
        var turn = await _user.PostTurnAsync(_conversation, "Hello").JsonAsync(HttpStatusCode.Accepted);
        await _host.EndTurnAsync((Guid)turn["id"]!, "cancelled", "Hel");
        (_said, _answer) = ((Guid)turn["userMessageId"]!, (Guid)turn["assistantMessageId"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Post_BodyThatIsNoMessage_IsRefused()
    {
        (string Name, byte[] Body, HttpStatusCode Expected)[] cases =
        [
            ("no body", [], HttpStatusCode.BadRequest),
            ("not JSON", "Hello"u8.ToArray(), HttpStatusCode.BadRequest),
            ("cut off", """{ "text": "Hel"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("null", "null"u8.ToArray(), HttpStatusCode.BadRequest),
            ("a list", """["Hello"]"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("no text", "{}"u8.ToArray(), HttpStatusCode.BadRequest),
            ("text null", """{ "text": null }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("text a number", """{ "text": 5 }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("empty", """{ "text": "" }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("spaces", """{ "text": " \t\r\n\u00a0\u3000 " }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("U+0000", """{ "text": "Hel\u0000lo" }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("high surrogate alone", """{ "text": "Hello \ud83d" }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("low surrogate alone", """{ "text": "\ude00 Hello" }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("not UTF-8", [.. """{ "text": "Hel"""u8, 0xC3, 0x28, .. """lo" }"""u8], HttpStatusCode.BadRequest),
            ("surrogate in UTF-8", [.. """{ "text": "Hel"""u8, 0xED, 0xA0, 0x80, .. """lo" }"""u8], HttpStatusCode.BadRequest),
            ("UTF-16", Encoding.Unicode.GetBytes("""{ "text": "Hello" }"""), HttpStatusCode.BadRequest),
            ("16,001 characters", Body(new string('x', 16_001)), HttpStatusCode.BadRequest),
            ("1 MB", Body(new string('x', 1024 * 1024)), HttpStatusCode.RequestEntityTooLarge),
            ("editOf garbage", """{ "text": "Hello", "editOf": "that one" }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("editOf empty", """{ "text": "Hello", "editOf": "" }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("editOf a number", """{ "text": "Hello", "editOf": 1 }"""u8.ToArray(), HttpStatusCode.BadRequest),
            ("editOf an answer", Body("Hello", _answer), HttpStatusCode.BadRequest),
            ("editOf nothing known", Body("Hello", Guid.NewGuid()), HttpStatusCode.NotFound),
            ("editOf zeros", Body("Hello", Guid.Empty), HttpStatusCode.NotFound),
            ("empty edit", Body("", _said), HttpStatusCode.BadRequest),
        ];

        foreach (var (name, body, expected) in cases)
        {
            await RefusedAsync(name, expected, () => PostAsync(body, "application/json"));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public Task Post_OtherContentType_IsRefused(string? contentType) => RefusedAsync(
        contentType ?? "none", HttpStatusCode.UnsupportedMediaType, () => PostAsync(Body("Hello"), contentType));

    [Fact]
    public async Task EveryRoute_IdsThatAreNotThere_AreNotFound()
    {
        using var other = await _host.SignUpAsync();
        var others = await other.StartConversationAsync();
        var theirs = await other.PostTurnAsync(others, "Mine").JsonAsync(HttpStatusCode.Accepted);
        await _host.EndTurnAsync((Guid)theirs["id"]!, "cancelled", "Yours?");
        Guid[] messages = [(Guid)theirs["userMessageId"]!, (Guid)theirs["assistantMessageId"]!, Guid.NewGuid()];

        foreach (var message in messages)
        {
            await NotFoundOnEveryRouteAsync("another's conversation", others, message);
            await NotFoundOnEveryRouteAsync("no conversation", Guid.NewGuid(), message);
            await NotFoundOnEveryRouteAsync("another's message", _conversation, message);
        }

        await NotFoundOnEveryRouteAsync("own message, another's conversation", others, _answer);
        await NotFoundOnEveryRouteAsync("own message, own other conversation", await _user.StartConversationAsync(), _answer);
        await RefusedAsync("another's turn", HttpStatusCode.NotFound, () => _user.SendAsync(HttpMethod.Get, $"/api/turns/{theirs["id"]}", null));
        await RefusedAsync("another's events", HttpStatusCode.NotFound, () => _user.SendAsync(HttpMethod.Get, $"/api/turns/{theirs["id"]}/events", null));
        await RefusedAsync("another's turn, stopped", HttpStatusCode.NotFound, () => _user.SendAsync(HttpMethod.Post, $"/api/turns/{theirs["id"]}/cancel", null));
        await RefusedAsync("another's messages", HttpStatusCode.NotFound, () => _user.SendAsync(HttpMethod.Get, $"/api/conversations/{others}/messages", null));
        await RefusedAsync("another's talk", HttpStatusCode.NotFound, () => _user.PostTurnAsync(others, "Hello"));
        await RefusedAsync("another's title", HttpStatusCode.NotFound, () => _user.SendAsync(HttpMethod.Patch, $"/api/conversations/{others}", new { title = "Mine now" }));
        await RefusedAsync("another's deletion", HttpStatusCode.NotFound, () => _user.SendAsync(HttpMethod.Delete, $"/api/conversations/{others}", null));
        await RefusedAsync("not an id", HttpStatusCode.NotFound, () => _user.SendAsync(HttpMethod.Post, $"/api/conversations/{_conversation}/messages/it/regenerate", null));
    }

    [Fact]
    public async Task Tree_MessageOfTheWrongKind_IsRefused()
    {
        await RefusedAsync("regenerate what was said", HttpStatusCode.Conflict, () => _user.RegenerateAsync(_conversation, _said));
        await RefusedAsync("continue what was said", HttpStatusCode.Conflict, () => _user.ContinueAsync(_conversation, _said));
        await RefusedAsync("show nothing", HttpStatusCode.BadRequest, () => _user.SendAsync(HttpMethod.Put, $"/api/conversations/{_conversation}/current-message", new { }));
        await RefusedAsync("show garbage", HttpStatusCode.BadRequest, () => _user.SendAsync(HttpMethod.Put, $"/api/conversations/{_conversation}/current-message", new { messageId = "it" }));
        await RefusedAsync("branch nothing", HttpStatusCode.BadRequest, () => _user.SendAsync(HttpMethod.Post, $"/api/conversations/{_conversation}/branches", new { }));
    }

    [Fact]
    public async Task Tree_WhileAnAnswerIsWritten_IsRefused()
    {
        var turn = await _user.PostTurnAsync(_conversation, "And?").JsonAsync(HttpStatusCode.Accepted);
        var answer = (Guid)turn["assistantMessageId"]!;

        await RefusedAsync("say", HttpStatusCode.Conflict, () => _user.PostTurnAsync(_conversation, "Hello?"));
        await RefusedAsync("edit", HttpStatusCode.Conflict, () => _user.EditAsync(_conversation, _said, "Hello?"));
        await RefusedAsync("regenerate another", HttpStatusCode.Conflict, () => _user.RegenerateAsync(_conversation, _answer));
        await RefusedAsync("regenerate it", HttpStatusCode.Conflict, () => _user.RegenerateAsync(_conversation, answer));
        await RefusedAsync("continue another", HttpStatusCode.Conflict, () => _user.ContinueAsync(_conversation, _answer));
        await RefusedAsync("continue it", HttpStatusCode.Conflict, () => _user.ContinueAsync(_conversation, answer));
        await RefusedAsync("branch at it", HttpStatusCode.Conflict, () => _user.BranchAsync(_conversation, answer));
    }

    private static byte[] Body(string text, Guid? editOf = null) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["text"] = text, ["editOf"] = editOf }.ToJsonString());

    private async Task NotFoundOnEveryRouteAsync(string name, Guid conversation, Guid message)
    {
        await RefusedAsync($"edit: {name}", HttpStatusCode.NotFound, () => _user.EditAsync(conversation, message, "Hello"));
        await RefusedAsync($"regenerate: {name}", HttpStatusCode.NotFound, () => _user.RegenerateAsync(conversation, message));
        await RefusedAsync($"continue: {name}", HttpStatusCode.NotFound, () => _user.ContinueAsync(conversation, message));
        await RefusedAsync($"show: {name}", HttpStatusCode.NotFound, () => _user.ShowAsync(conversation, message));
        await RefusedAsync($"branch: {name}", HttpStatusCode.NotFound, () => _user.BranchAsync(conversation, message));
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string? contentType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return await _user.Client.PostAsync($"/api/conversations/{_conversation}/turns", content, Cancelled);
    }

    private async Task RefusedAsync(string name, HttpStatusCode expected, Func<Task<HttpResponseMessage>> send)
    {
        var before = await _host.FingerprintAsync();
        using var response = await send();
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == expected, $"{name}: {response.StatusCode} {body}");
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{name}: {response.Content.Headers.ContentType}");
        var problem = JsonNode.Parse(body)!;
        Assert.True(problem["detail"] is not null || problem["errors"] is not null, $"{name}: {body}");
        Assert.NotNull(problem["traceId"]);
        Assert.True(before == await _host.FingerprintAsync(), $"{name} changed something");
    }
}
