using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>What people see of a character's memory of them, and what they can do about it.</summary>
[Trait("Category", "Integration")]
public sealed class MemoryEndpointsTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly string Memory = $"/api/characters/{ApiUser.Mira}/memory";
    private static readonly string Memories = $"/api/characters/{ApiUser.Mira}/memories";

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine);
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
    public async Task Memory_OfNobodyYet_RemembersAndIsEmpty()
    {
        var memory = await _user.GetAsync(Memory);

        Assert.Equal("""{"remembers":true,"staysInside":false,"total":0,"pinned":0}""", memory.ToJsonString());
        Assert.Empty((await _user.GetAsync(Memories))["items"]!.AsArray());
        Assert.Equal(0L, await _host.CountAsync("memory_scopes"));
    }

    [Fact]
    public async Task List_ManyMemories_NewestFirstInPagesAndByKind()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "Aye!");
        await _host.RememberedAsync(_conversation);
        await AddAsync("I like tea.", pinned: true);

        var first = await _user.GetAsync($"{Memories}?limit=2");
        var second = await _user.GetAsync($"{Memories}?limit=2&cursor={first["nextCursor"]}");

        Assert.Equal(["I like tea.", "Aye!"], Texts(first));
        Assert.Equal(["My dog is called Brimwick."], Texts(second));
        Assert.Null(second["nextCursor"]);
        Assert.Equal(["I like tea."], Texts(await _user.GetAsync($"{Memories}?kind=note")));
        Assert.Equal(["Aye!", "My dog is called Brimwick."], Texts(await _user.GetAsync($"{Memories}?pinned=false")));
        var said = second["items"]![0]!;
        Assert.Equal(("message", "user", _conversation), ((string)said["kind"]!, (string)said["speaker"]!, (Guid)said["conversationId"]!));
        Assert.False(said.AsObject().TryGetPropertyValue("reasons", out var reasons) && reasons is not null);
        Assert.Equal("""{"remembers":true,"staysInside":false,"total":3,"pinned":1}""", (await _user.GetAsync(Memory)).ToJsonString());
    }

    [Fact]
    public async Task Search_Words_FindsWithReasonsAndFilters()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "Aye!");
        await _host.RememberedAsync(_conversation);
        await AddAsync("The dog likes bones.");

        var found = await _user.GetAsync($"{Memories}?q=dogs%20called");

        Assert.Equal("My dog is called Brimwick.", Texts(found)[0]);
        Assert.Contains("The dog likes bones.", Texts(found));
        Assert.Contains("words: ", (string)found["items"]![0]!["reasons"]![0]!);
        Assert.Null(found["nextCursor"]);
        Assert.Equal(["The dog likes bones."], Texts(await _user.GetAsync($"{Memories}?q=dog&kind=note")));
        Assert.Empty(Texts(await _user.GetAsync($"{Memories}?q=submarine")));
    }

    [Theory]
    [InlineData("?q=")]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?cursor=nonsense")]
    [InlineData("?kind=nonsense")]
    public async Task List_Nonsense_IsRefused(string query)
    {
        using var response = await _user.Client.GetAsync(Memories + query, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Search_LongQuery_IsRefused()
    {
        using var response = await _user.Client.GetAsync($"{Memories}?q={new string('x', 501)}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Add_Note_IsThereAtOnce()
    {
        var added = await AddAsync("  I like tea. ", pinned: true);

        Assert.Equal("I like tea.", (string)added["text"]!);
        Assert.Equal(("note", true, 0.8), ((string)added["kind"]!, (bool)added["pinned"]!, (double)added["importance"]!));
        Assert.Null(added["conversationId"]);
        Assert.Equal(["I like tea."], Texts(await _user.GetAsync($"{Memories}?q=tea")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Add_Nothing_IsRefused(string text) =>
        await _user.SendAsync(HttpMethod.Post, Memories, new { text }).JsonAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Add_TooLongOrTooMany_IsRefused()
    {
        await _user.SendAsync(HttpMethod.Post, Memories, new { text = new string('x', 2001) }).JsonAsync(HttpStatusCode.BadRequest);
        await AddAsync(new string('x', 2000));
        await _host.SqlAsync($"""
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, terms, version)
            SELECT gen_random_uuid(), id, '{ApiUser.Mira}', 'note', 'user', 'Note ' || n, now(), '', 1 FROM users, generate_series(1, 9999) AS n
            """);

        var refused = await _user.SendAsync(HttpMethod.Post, Memories, new { text = "One more" }).JsonAsync(HttpStatusCode.Conflict);

        Assert.Contains("10,000", (string)refused["detail"]!);
        Assert.Equal(10_000L, await _host.CountAsync("memories"));
    }

    [Fact]
    public async Task Change_Text_MakesItANoteAndTheMessageIsForgotten()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "Aye!");
        await _host.RememberedAsync(_conversation);
        var id = await IdAsync("user");

        var changed = await _user.SendAsync(HttpMethod.Patch, $"{Memories}/{id}", new { text = "My cat is called Brimwick.", importance = 0.9 }).JsonAsync(HttpStatusCode.OK);

        Assert.Equal(("note", "My cat is called Brimwick.", 0.9), ((string)changed["kind"]!, (string)changed["text"]!, (double)changed["importance"]!));
        Assert.Null(changed["messageId"]);
        Assert.Empty(Texts(await _user.GetAsync($"{Memories}?q=dog")));
        await _user.TalkAsync(_engine, _conversation, "And?", "What?");
        Assert.Equal(["character: Aye!", "user: And?", "character: What?"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Change_Pin_KeepsTheMessage()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "Aye!");
        await _host.RememberedAsync(_conversation);

        var changed = await _user.SendAsync(HttpMethod.Patch, $"{Memories}/{await IdAsync("user")}", new { pinned = true }).JsonAsync(HttpStatusCode.OK);

        Assert.Equal(("message", true), ((string)changed["kind"]!, (bool)changed["pinned"]!));
        Assert.Equal(1L, await _host.CountAsync("memories m JOIN memory_scopes s ON s.user_id = m.user_id AND s.version = m.version"));
        await _user.SendAsync(HttpMethod.Patch, $"{Memories}/{await IdAsync("user")}", new { importance = 1.5 }).JsonAsync(HttpStatusCode.BadRequest);
        await _user.SendAsync(HttpMethod.Patch, $"{Memories}/{await IdAsync("user")}", new { text = " " }).JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Delete_Message_IsNotTakenInAgain()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "Aye!");
        await _host.RememberedAsync(_conversation);
        var id = await IdAsync("user");

        await DeleteAsync($"{Memories}/{id}", HttpStatusCode.NoContent);

        await DeleteAsync($"{Memories}/{id}", HttpStatusCode.NotFound);
        await _user.TalkAsync(_engine, _conversation, "And?", "What?");
        Assert.Equal(["character: Aye!", "user: And?", "character: What?"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Wipe_Scope_ForgetsAllUntilNow()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "Aye!");
        await _host.RememberedAsync(_conversation);
        await AddAsync("I like tea.", pinned: true);

        await DeleteAsync(Memories, HttpStatusCode.NoContent);

        Assert.Equal(0, (int)(await _user.GetAsync(Memory))["total"]!);
        Assert.Empty(Texts(await _user.GetAsync($"{Memories}?q=dog")));
        Assert.Equal(2, (await _user.MessagesAsync(_conversation)).Count);
        await _user.TalkAsync(_engine, _conversation, "And?", "What?");
        Assert.Equal(["user: And?", "character: What?"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Set_RemembersOff_NothingSaidMeanwhileIsKept()
    {
        await _user.TalkAsync(_engine, _conversation, "One", "Two");
        await _host.RememberedAsync(_conversation);

        var off = await SetAsync(false, true);
        await _user.TalkAsync(_engine, _conversation, "My secret", "Hush");
        await _host.RememberedAsync(_conversation);
        await SetAsync(true, true);
        await _user.TalkAsync(_engine, _conversation, "Three", "Four");

        Assert.Equal("""{"remembers":false,"staysInside":true,"total":2,"pinned":0}""", off.ToJsonString());
        Assert.Equal(["user: One", "character: Two", "user: Three", "character: Four"], await _host.RememberedAsync(_conversation));
        await _user.SendAsync(HttpMethod.Put, Memory, new { remembers = true }).JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Export_ManyMemories_IsOneWholeFile()
    {
        await AddAsync("First “quoted” 狗", pinned: true);
        await _host.SqlAsync($"""
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, terms, version)
            SELECT gen_random_uuid(), id, '{ApiUser.Mira}', 'fact', 'user', 'Fact ' || n, now() - (n % 700) * interval '1 minute', '', 1
            FROM users, generate_series(1, 20000) AS n
            """);

        using var response = await _user.Client.GetAsync($"{Memories}/export", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var file = await ApiUser.JsonAsync(response);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(response.Headers.TransferEncodingChunked);
        Assert.Equal(
            ["format", "exportedAt", "characterId", "remembers", "staysInside", "memories"], file.AsObject().Select(static p => p.Key));
        Assert.Equal((1, ApiUser.Mira), ((int)file["format"]!, (Guid)file["characterId"]!));
        var texts = file["memories"]!.AsArray().Select(static m => (string)m!["text"]!).ToHashSet();
        Assert.Equal(20_001, texts.Count);
        Assert.Contains("First “quoted” 狗", texts);
        Assert.Contains("Fact 20000", texts);
    }

    [Fact]
    public async Task AnyOfIt_UnknownCharacter_IsNotFound()
    {
        foreach (var id in new[] { Guid.NewGuid(), Guid.Empty })
        {
            var path = $"/api/characters/{id}";
            await _user.SendAsync(HttpMethod.Get, $"{path}/memory", null).JsonAsync(HttpStatusCode.NotFound);
            await _user.SendAsync(HttpMethod.Put, $"{path}/memory", new { remembers = true, staysInside = true }).JsonAsync(HttpStatusCode.NotFound);
            await _user.SendAsync(HttpMethod.Get, $"{path}/memories", null).JsonAsync(HttpStatusCode.NotFound);
            await _user.SendAsync(HttpMethod.Get, $"{path}/memories?q=dog", null).JsonAsync(HttpStatusCode.NotFound);
            await _user.SendAsync(HttpMethod.Get, $"{path}/memories/export", null).JsonAsync(HttpStatusCode.NotFound);
            await _user.SendAsync(HttpMethod.Post, $"{path}/memories", new { text = "A dog" }).JsonAsync(HttpStatusCode.NotFound);
            await _user.SendAsync(HttpMethod.Delete, $"{path}/memories", null).JsonAsync(HttpStatusCode.NotFound);
        }

        Assert.Equal(0L, await _host.CountAsync("memory_scopes"));
    }

    private static string[] Texts(JsonNode page) => [.. page["items"]!.AsArray().Select(static m => (string)m!["text"]!)];

    private Task<JsonNode> AddAsync(string text, bool pinned = false) =>
        _user.SendAsync(HttpMethod.Post, Memories, new { text, pinned }).JsonAsync(HttpStatusCode.Created);

    private Task<JsonNode> SetAsync(bool remembers, bool staysInside) =>
        _user.SendAsync(HttpMethod.Put, Memory, new { remembers, staysInside }).JsonAsync(HttpStatusCode.OK);

    private async Task<Guid> IdAsync(string speaker) => (Guid)(await _host.SqlAsync($"SELECT id FROM memories WHERE speaker = '{speaker}'"))!;

    private async Task DeleteAsync(string path, HttpStatusCode expected)
    {
        using var response = await _user.SendAsync(HttpMethod.Delete, path, null);
        Assert.Equal(expected, response.StatusCode);
    }
}
