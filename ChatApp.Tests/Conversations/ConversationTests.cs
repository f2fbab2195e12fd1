using System.Net;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Conversations;

[Trait("Category", "Integration")]
public sealed class ConversationTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NewConversation_IsEmptyAndFound()
    {
        using var user = await SignUpAsync();

        using var response = await user.Client.PostAsJsonAsync("/api/conversations", new { characterId = ApiUser.Mira }, Cancelled);
        var conversation = await user.GetAsync(response.Headers.Location!.ToString());

        Assert.Equal("", (string)conversation["title"]!);
        Assert.Equal("mira", (string)conversation["character"]!["slug"]!);
        Assert.Null(conversation["activeTurn"]);
        Assert.Null(conversation["lastMessage"]);
        Assert.Empty(await user.MessagesAsync((Guid)conversation["id"]!));
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"characterId":"nobody"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"characterId":"01980000-0000-7000-8000-0000000000ff"}""", HttpStatusCode.NotFound)]
    public async Task Start_WithoutAKnownCharacter_IsAProblem(string body, HttpStatusCode expected)
    {
        using var user = await SignUpAsync();

        using var response = await user.Client.PostAsync(
            "/api/conversations", new StringContent(body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json")), Cancelled);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task EveryRoute_SomeoneElsesIds_AreNotFound()
    {
        using var owner = await SignUpAsync();
        using var other = await SignUpAsync();
        var conversation = await owner.StartConversationAsync();
        var turn = await owner.SayAsync(conversation, "My dog is called Brimwick.");
        await owner.EventsAsync(turn);

        (HttpMethod Method, string Path, object? Body)[] routes =
        [
            (HttpMethod.Get, $"/api/conversations/{conversation}", null),
            (HttpMethod.Patch, $"/api/conversations/{conversation}", new { title = "Mine now" }),
            (HttpMethod.Get, $"/api/conversations/{conversation}/messages", null),
            (HttpMethod.Post, $"/api/conversations/{conversation}/turns", new { text = "Hi" }),
            (HttpMethod.Get, $"/api/turns/{turn}", null),
            (HttpMethod.Get, $"/api/turns/{turn}/events", null),
            (HttpMethod.Post, $"/api/turns/{turn}/cancel", null),
            (HttpMethod.Delete, $"/api/conversations/{conversation}", null),
        ];
        foreach (var (method, path, body) in routes)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await other.Client.SendAsync(request, Cancelled);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path}: {response.StatusCode}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }

        Assert.Empty((await other.GetAsync("/api/conversations"))["items"]!.AsArray());
        Assert.Equal("My dog is called Brimwick.", (string)(await owner.GetAsync($"/api/conversations/{conversation}"))["title"]!);
        Assert.Equal(2, (await owner.MessagesAsync(conversation)).Count);
    }

    [Fact]
    public async Task Rename_NewTitle_StaysWhenSomethingIsSaid()
    {
        using var user = await SignUpAsync();
        var conversation = await user.StartConversationAsync();

        using var response = await user.Client.PatchAsJsonAsync($"/api/conversations/{conversation}", new { title = "  Über <b>Hunde</b> 🐕 " }, Cancelled);
        await user.EventsAsync(await user.SayAsync(conversation, "Hi!"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Über <b>Hunde</b> 🐕", (string)(await user.GetAsync($"/api/conversations/{conversation}"))["title"]!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(121)]
    public async Task Rename_BadLength_IsAProblem(int length)
    {
        using var user = await SignUpAsync();
        var conversation = await user.StartConversationAsync();

        using var response = await user.Client.PatchAsJsonAsync($"/api/conversations/{conversation}", new { title = new string('x', length) }, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.JsonAsync(response))["errors"]!["title"]);
    }

    [Fact]
    public async Task Delete_Conversation_TakesItsMessagesAlong()
    {
        using var user = await SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, "Hi!");
        await user.EventsAsync(turn);

        using var deleted = await user.Client.DeleteAsync($"/api/conversations/{conversation}", Cancelled);
        using var again = await user.Client.DeleteAsync($"/api/conversations/{conversation}", Cancelled);
        using var found = await user.Client.GetAsync($"/api/turns/{turn}", Cancelled);

        Assert.Equal([204, 404, 404], new[] { deleted, again, found }.Select(static r => (int)r.StatusCode));
        Assert.Empty((await user.GetAsync("/api/conversations"))["items"]!.AsArray());
    }

    [Fact]
    public async Task List_PageByPage_GivesEachOnceNewestActivityFirst()
    {
        using var user = await SignUpAsync();
        var started = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            started.Add(await user.StartConversationAsync());
        }

        await user.EventsAsync(await user.SayAsync(started[2], "Hi!"));

        var listed = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await user.GetAsync($"/api/conversations?limit=3&cursor={cursor}");
            listed.AddRange(page["items"]!.AsArray().Select(static c => (Guid)c!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal([started[2], started[6], started[5], started[4], started[3], started[1], started[0]], listed);
    }

    [Fact]
    public async Task Messages_PageByPage_GiveTheWholePath()
    {
        using var user = await SignUpAsync();
        var conversation = await user.StartConversationAsync();
        for (var i = 0; i < 3; i++)
        {
            await user.EventsAsync(await user.SayAsync(conversation, $"Count to {i + 3}."));
        }

        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var page = await user.GetAsync($"/api/conversations/{conversation}/messages?limit=4&cursor={cursor}");
            paged.InsertRange(0, page["items"]!.AsArray().Select(static m => (string)m!["id"]!));
            cursor = (string?)page["previousCursor"];
        }
        while (cursor is not null);

        var whole = await user.MessagesAsync(conversation);
        Assert.Equal(6, whole.Count);
        Assert.Equal(whole.Select(static m => (string)m["id"]!), paged);
        Assert.Equal(["user", "assistant", "user", "assistant", "user", "assistant"], whole.Select(static m => (string)m["role"]!));
        Assert.Null(whole[0]["parentId"]);
        Assert.All(whole.Skip(1).Zip(whole), static pair => Assert.Equal((string)pair.Second["id"]!, (string)pair.First["parentId"]!));
    }

    [Fact]
    public async Task Messages_CursorOfAnotherConversation_GivesNothing()
    {
        using var user = await SignUpAsync();
        var first = await user.StartConversationAsync();
        await user.EventsAsync(await user.SayAsync(first, "Hi!"));
        var cursor = (string)(await user.GetAsync($"/api/conversations/{first}/messages?limit=1"))["previousCursor"]!;
        var second = await user.StartConversationAsync();

        Assert.Empty((await user.GetAsync($"/api/conversations/{second}/messages?cursor={cursor}"))["items"]!.AsArray());
    }

    private Task<ApiUser> SignUpAsync() => ApiUser.SignUpAsync(stack.CreateApiClient());
}
