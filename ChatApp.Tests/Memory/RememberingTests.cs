using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>What is kept of conversations.</summary>
[Trait("Category", "Integration")]
public sealed class RememberingTests(StackFixture stack) : IAsyncLifetime
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
    public async Task Turn_Completed_BothSidesAreRememberedWithTheirTerms()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "A fine dog, 我喜欢狗!");

        Assert.Equal(["user: My dog is called Brimwick.", "character: A fine dog, 我喜欢狗!"], await _host.RememberedAsync(_conversation));
        Assert.Equal(["'brimwick':5 'call':4 'dog':2"], await _host.TextsAsync("SELECT terms::text FROM memories WHERE speaker = 'user'"));
        Assert.Equal(1L, await _host.CountAsync("memories WHERE terms @@ to_tsquery('english', '喜欢')"));
        Assert.Equal(1L, await _host.CountAsync("""
            memories m JOIN messages s ON s.id = m.message_id AND s.created_at = m.said_at AND s.depth = m.position AND s.depth = 1
            JOIN conversations c ON c.id = s.conversation_id AND c.user_id = m.user_id AND c.character_id = m.character_id
            """));
        Assert.Equal(2L, await _host.CountAsync("memories m JOIN memory_scopes s ON s.user_id = m.user_id AND s.character_id = m.character_id AND s.version = m.version"));
    }

    [Fact]
    public async Task Edit_EarlierMessage_WhatIsOffThePathGoesAndIsNoted()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "My dog", "Woof");
        await _user.TalkAsync(_engine, _conversation, "And then?", "Nothing");
        await _host.RememberedAsync(_conversation);

        await _user.EditAsync(_conversation, Id(first, "userMessageId"), "My cat").JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync("Miaow");
        await EndedAsync();

        Assert.Equal(["user: My cat", "character: Miaow"], await _host.RememberedAsync(_conversation));
        Assert.Equal(4L, await _host.CountAsync("memory_removals r JOIN memory_scopes s ON s.version = r.version WHERE r.memory_id IS NOT NULL"));
    }

    [Fact]
    public async Task Regenerate_Answer_NewOneTakesItsPlace()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "My dog", "Woof");
        await _host.RememberedAsync(_conversation);

        await _user.RegenerateAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync("Wuff");
        await EndedAsync();

        Assert.Equal(["user: My dog", "character: Wuff"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Continue_CutOffAnswer_IsRememberedOnceAndWhole()
    {
        var turn = await _user.PostTurnAsync(_conversation, "My dog").JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.NextCallAsync();
        call.Say("Woof");
        call.Finish("length");
        await EndedAsync();
        await _host.RememberedAsync(_conversation);

        await _user.ContinueAsync(_conversation, Id(turn, "assistantMessageId")).JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync(" and wuff");
        await EndedAsync();

        Assert.Equal(["user: My dog", "character: Woof and wuff"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Show_EarlierBranch_NextTurnSetsItRight()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "One", "Two");
        await _user.RegenerateAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync("Zwei");
        await EndedAsync();
        await _user.ShowAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.OK);

        await _user.TalkAsync(_engine, _conversation, "Three", "Four");

        Assert.Equal(["user: One", "character: Two", "user: Three", "character: Four"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Turn_StoppedBeforeAnyWorkerHadIt_WhatWasSaidCounts()
    {
        await using var idle = await ApiHost.StartAsync(stack, _engine, _host.Database, ApiHostRows.WithoutWorker);
        await _host.DisposeAsync();
        using var user = await idle.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, "My dog");
        await user.CancelAsync(turn);
        await AgeAsync(idle);

        await using var worker = await ApiHost.StartAsync(stack, _engine, _host.Database);

        Assert.Equal(["user: My dog"], await worker.RememberedAsync(conversation));
    }

    [Fact]
    public async Task Turn_Failed_WhatWasSaidCounts()
    {
        await _user.SayAsync(_conversation, "My dog");
        (await _engine.NextCallAsync()).Refuse(400, "No.");
        await EndedAsync();
        await AgeAsync(_host);

        Assert.Equal(["user: My dog"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Turn_Running_WaitsForItsEnd()
    {
        await _user.TalkAsync(_engine, _conversation, "One", "Two");
        await _host.RememberedAsync(_conversation);
        await _user.SayAsync(_conversation, "Three");
        var call = await _engine.NextCallAsync();
        call.Say("Fou");
        await _host.SqlAsync($"UPDATE turns SET remembered_at = NULL, finished_at = now() - interval '1 minute' WHERE conversation_id = '{_conversation}' AND status = 'completed'");

        Assert.Equal(["user: One", "character: Two", "user: Three"], await _host.RememberedAsync(_conversation));
        call.Say("r");
        call.Finish();
        await EndedAsync();
        Assert.Equal("character: Four", (await _host.RememberedAsync(_conversation))[^1]);
    }

    [Fact]
    public async Task Branch_Conversation_ItsCopiesAreRememberedButNotWhatWasForgotten()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "One", "Two");
        var second = await _user.TalkAsync(_engine, _conversation, "Three", "Four");
        await _host.RememberedAsync(_conversation);
        await _host.SqlAsync($"INSERT INTO forgotten_messages VALUES ('{Id(first, "userMessageId")}', '{_conversation}')");

        var branch = Id(await _user.BranchAsync(_conversation, Id(second, "assistantMessageId")).JsonAsync(HttpStatusCode.Created));
        await AgeAsync(_host);

        Assert.Equal(["character: Two", "user: Three", "character: Four"], await _host.RememberedAsync(branch));
        Assert.Equal(4, (await _host.MemoriesAsync(_conversation)).Length);
    }

    [Fact]
    public async Task Turns_OfBeforeTheMigration_AreRememberedInBatches()
    {
        await _host.SqlAsync($"""
            CREATE TEMP TABLE path AS SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS turn_id FROM generate_series(0, 449) AS n;
            INSERT INTO messages (id, conversation_id, parent_id, depth, turn_id, role, text, status)
            SELECT path.id, '{_conversation}', above.id, path.n, path.turn_id, CASE path.n % 2 WHEN 0 THEN 'user' ELSE 'assistant' END, 'Message ' || path.n, 'complete'
            FROM path LEFT JOIN path above ON above.n = path.n - 1;
            INSERT INTO turns (id, conversation_id, user_id, user_message_id, assistant_message_id, status, event_seq, created_at, finished_at)
            SELECT m.turn_id, m.conversation_id, c.user_id, m.parent_id, m.id, 'completed', 3, now() - (1000 - m.depth) * interval '1 minute', now() - interval '1 hour'
            FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.role = 'assistant'
            """);

        var memories = await _host.RememberedAsync(_conversation);

        Assert.Equal(450, memories.Length);
        Assert.Equal("character: Message 449", memories[^1]);
        Assert.Equal(0L, await _host.CountAsync("turns WHERE remembered_at IS NULL"));
    }

    [Fact]
    public async Task Conversation_Deleted_TakesItsMemoriesAlongButNotThePinned()
    {
        await _user.TalkAsync(_engine, _conversation, "Remember that I like tea.", "Aye");
        await _host.RememberedAsync(_conversation);
        var version = await _host.SqlAsync("SELECT version FROM memory_scopes");

        using (await _user.SendAsync(HttpMethod.Delete, $"/api/conversations/{_conversation}", null))
        {
        }

        Assert.Equal(["Remember that I like tea."], await _host.TextsAsync("SELECT text FROM memories WHERE conversation_id IS NULL AND pinned"));
        Assert.Equal(1L, await _host.CountAsync("memories"));
        Assert.Equal(1L, await _host.CountAsync($"memories WHERE version > {version}"));
        Assert.Equal(1L, await _host.CountAsync($"memory_removals WHERE version > {version}"));
    }

    [Fact]
    public async Task Message_AskedToBeRemembered_IsPinnedAndStaysWhenEditedAway()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "Please remember that I am allergic to nuts.", "Aye");
        await _host.RememberedAsync(_conversation);
        Assert.Equal(1L, await _host.CountAsync("memories WHERE pinned AND importance = 1 AND speaker = 'user'"));

        await _user.EditAsync(_conversation, Id(first, "userMessageId"), "Hello").JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync("Ahoy");
        await EndedAsync();

        Assert.Equal(
            ["user: Hello", "user: Please remember that I am allergic to nuts.", "character: Ahoy"], await _host.RememberedAsync(_conversation));
    }

    private static Guid Id(JsonNode node, string name = "id") => (Guid)node[name]!;

    /// <summary>Lets what ended seem to have ended a while ago.</summary>
    private static Task<object?> AgeAsync(ApiHost host) => host.SqlAsync("UPDATE turns SET finished_at = now() - interval '1 minute' WHERE finished_at IS NOT NULL");

    private Task EndedAsync() => _host.UntilAsync($"NOT EXISTS (SELECT FROM turns WHERE conversation_id = '{_conversation}' AND status IN ('queued', 'running'))");
}
