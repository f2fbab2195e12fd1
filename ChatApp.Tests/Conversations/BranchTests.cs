using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Conversations;

/// <summary>New conversations from the middle of old ones.</summary>
[Trait("Category", "Integration")]
public sealed class BranchTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ApiHostRows.WithoutWorker, ("Models:Prefills", "true"));
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
    public async Task Branch_Answer_CopiesThePathUpToIt()
    {
        await TalkAsync("One", "Two");
        var middle = await TalkAsync("Three", "Four", "failed");
        await TalkAsync("Five", "Six");

        using var response = await _user.BranchAsync(_conversation, Answer(middle));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var made = await _user.GetAsync(response.Headers.Location!.ToString());

        var branch = (Guid)made["id"]!;
        Assert.NotEqual(_conversation, branch);
        Assert.Equal("One", (string)made["title"]!);
        Assert.Equal("mira", (string)made["character"]!["slug"]!);
        Assert.Equal("Four", (string)made["lastMessage"]!);
        var copies = await _user.MessagesAsync(branch);
        var originals = (await _user.MessagesAsync(_conversation)).Take(4).ToArray();
        Assert.Equal(originals.Select(Content), copies.Select(Content));
        Assert.Empty(copies.Select(static m => (Guid)m["id"]!).Intersect(originals.Select(static m => (Guid)m["id"]!)));
        Assert.Equal(6, (await _user.MessagesAsync(_conversation)).Count);
    }

    [Fact]
    public async Task Branch_OriginalDeleted_IsWholeAndGoesOn()
    {
        var first = await TalkAsync("One", "Two", "completed", "length");
        var branch = await BranchAsync(Answer(first));
        using (await _user.SendAsync(HttpMethod.Delete, $"/api/conversations/{_conversation}", null))
        {
        }

        var messages = await _user.MessagesAsync(branch);
        var turn = (Guid)messages[1]["turnId"]!;

        Assert.Equal(["One", "Two"], messages.Select(static m => (string)m["text"]!));
        Assert.True((bool)messages[1]["canContinue"]!);
        Assert.Equal(turn, (Guid)messages[0]["turnId"]!);
        Assert.Equal(branch, (Guid)(await _user.GetAsync($"/api/turns/{turn}"))["conversationId"]!);
        Assert.Equal("Two", TurnEventSeen.Assemble(await _user.EventsAsync(turn)));
        await _user.RegenerateAsync(branch, (Guid)messages[1]["id"]!).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(2, (int)(await _user.MessagesAsync(branch))[1]["siblingCount"]!);
    }

    [Fact]
    public async Task Branch_UserMessage_EndsWithIt()
    {
        var first = await TalkAsync("One", "Two");
        var branch = await BranchAsync((Guid)first["userMessageId"]!);

        await _user.PostTurnAsync(branch, "Eins").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(["One", "Eins", ""], await _user.TextsAsync(branch));
    }

    [Fact]
    public async Task Branch_AnswerBeingWritten_IsRefusedAndItsQuestionIsNot()
    {
        var turn = await _user.PostTurnAsync(_conversation, "One").JsonAsync(HttpStatusCode.Accepted);
        var before = await _host.FingerprintAsync();

        await _user.BranchAsync(_conversation, Answer(turn)).JsonAsync(HttpStatusCode.Conflict);

        Assert.Equal(before, await _host.FingerprintAsync());
        Assert.Equal(["One"], await _user.TextsAsync(await BranchAsync((Guid)turn["userMessageId"]!)));
    }

    [Theory]
    [InlineData(2000, HttpStatusCode.Created)]
    [InlineData(2001, HttpStatusCode.Conflict)]
    public async Task Branch_LongPath_IsBounded(int messages, HttpStatusCode expected)
    {
        var leaf = await LongPathAsync(messages);
        var before = await _host.FingerprintAsync();

        var answer = await _user.BranchAsync(_conversation, leaf).JsonAsync(expected);

        if (expected == HttpStatusCode.Created)
        {
            Assert.Equal(messages, Convert.ToInt32(
                await _host.SqlAsync($"SELECT count(*) FROM messages WHERE conversation_id = '{answer["id"]}'"), System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal((long)messages / 2, await _host.SqlAsync($"SELECT count(*) FROM turns WHERE conversation_id = '{answer["id"]}'"));
        }
        else
        {
            Assert.Equal(before, await _host.FingerprintAsync());
        }
    }

    private static Guid Answer(JsonNode turn) => (Guid)turn["assistantMessageId"]!;

    private static string Content(JsonNode message) => string.Join(' ', new[] { "role", "text", "status", "createdAt" }.Select(name => (string)message[name]!));

    private async Task<JsonNode> TalkAsync(string text, string answer, string status = "completed", string? finishReason = "stop")
    {
        var turn = await _user.PostTurnAsync(_conversation, text).JsonAsync(HttpStatusCode.Accepted);
        await _host.EndTurnAsync((Guid)turn["id"]!, status, answer, finishReason);
        return turn;
    }

    private async Task<Guid> BranchAsync(Guid message) => (Guid)(await _user.BranchAsync(_conversation, message).JsonAsync(HttpStatusCode.Created))["id"]!;

    /// <summary>Writes a path of so many messages straight into the tables, and gives its leaf.</summary>
    private async Task<Guid> LongPathAsync(int messages) => (Guid)(await _host.SqlAsync($"""
        CREATE TEMP TABLE path AS
        SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS turn_id FROM generate_series(0, {messages - 1}) AS n;
        INSERT INTO messages (id, conversation_id, parent_id, depth, turn_id, role, text, status)
        SELECT path.id, '{_conversation}', above.id, path.n, coalesce(CASE path.n % 2 WHEN 1 THEN above.turn_id END, path.turn_id),
               CASE path.n % 2 WHEN 0 THEN 'user' ELSE 'assistant' END, 'Message ' || path.n, 'complete'
        FROM path LEFT JOIN path above ON above.n = path.n - 1;
        INSERT INTO turns (id, conversation_id, user_id, user_message_id, assistant_message_id, status, event_seq)
        SELECT m.turn_id, m.conversation_id, c.user_id, m.parent_id, m.id, 'completed', 3
        FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.role = 'assistant';
        UPDATE conversations SET current_message_id = (SELECT id FROM path ORDER BY n DESC LIMIT 1);
        SELECT current_message_id FROM conversations
        """))!;
}
