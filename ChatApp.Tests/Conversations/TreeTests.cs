using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Conversations;

/// <summary>Editing, regenerating, and moving between what stands beside each other.</summary>
[Trait("Category", "Integration")]
public sealed class TreeTests(StackFixture stack) : IAsyncLifetime
{
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
    public async Task Edit_FirstMessage_StandsBesideItAndLeavesTheTitle()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "My dog", "Woof");
        await _user.TalkAsync(_engine, _conversation, "And then?", "Nothing");

        var edit = await _user.EditAsync(_conversation, Id(first, "userMessageId"), "My cat").JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.AnswerNextAsync("Miaow");
        await _user.EventsAsync(Id(edit));

        Assert.Equal("edit", (string)edit["kind"]!);
        Assert.Equal(["user: My cat"], call.Prompt.Skip(1));
        var messages = await _user.MessagesAsync(_conversation);
        Assert.Equal(["My cat", "Miaow"], messages.Select(static m => (string)m["text"]!));
        Assert.Equal((2, 2, Id(first, "userMessageId"), null), Place(messages[0]));
        Assert.Equal((1, 1, null, null), Place(messages[1]));
        Assert.Equal("My dog", (string)(await _user.GetAsync($"/api/conversations/{_conversation}"))["title"]!);
    }

    [Fact]
    public async Task Edit_LaterMessage_ModelIsShownOnlyThisBranch()
    {
        await _user.TalkAsync(_engine, _conversation, "One", "Two");
        var second = await _user.TalkAsync(_engine, _conversation, "Three", "Four");

        await _user.EditAsync(_conversation, Id(second, "userMessageId"), "Drei").JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.AnswerNextAsync("Vier");

        Assert.Equal(["user: One", "assistant: Two", "user: Drei"], call.Prompt.Skip(1));
    }

    [Fact]
    public async Task Regenerate_Answer_StandsBesideItForTheSameMessage()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "My dog", "Woof");

        var again = await _user.RegenerateAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.AnswerNextAsync("Wuff");
        await _user.EventsAsync(Id(again));

        Assert.Equal("regenerate", (string)again["kind"]!);
        Assert.Equal(Id(first, "userMessageId"), Id(again, "userMessageId"));
        Assert.Equal(["user: My dog"], call.Prompt.Skip(1));
        var messages = await _user.MessagesAsync(_conversation);
        Assert.Equal(["My dog", "Wuff"], messages.Select(static m => (string)m["text"]!));
        Assert.Equal((1, 1, null, null), Place(messages[0]));
        Assert.Equal((2, 2, Id(first, "assistantMessageId"), null), Place(messages[1]));
    }

    [Fact]
    public async Task Show_Sibling_ShowsItsBranchToTheNewestLeaf()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "One", "Two");
        var long1 = await _user.TalkAsync(_engine, _conversation, "Three", "Four");
        await RegenerateAsync(Id(long1, "assistantMessageId"), "Five");
        var updated = (string)(await _user.GetAsync($"/api/conversations/{_conversation}"))["updatedAt"]!;
        await RegenerateAsync(Id(first, "assistantMessageId"), "Zwei");
        Assert.Equal(["One", "Zwei"], await _user.TextsAsync(_conversation));
        var afterwards = (string)(await _user.GetAsync($"/api/conversations/{_conversation}"))["updatedAt"]!;

        var shown = await _user.ShowAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.OK);

        Assert.Equal(_conversation, Id(shown));
        Assert.Equal("Five", (string)shown["lastMessage"]!);
        Assert.Equal(["One", "Two", "Three", "Five"], await _user.TextsAsync(_conversation));
        Assert.NotEqual(updated, afterwards);
        Assert.Equal(afterwards, (string)shown["updatedAt"]!);
    }

    [Fact]
    public async Task Show_WhileATurnRuns_LeavesTheTurnAlone()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "One", "Two");
        var again = await _user.RegenerateAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.NextCallAsync();

        var shown = await _user.ShowAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.OK);
        call.Say("Zwei");
        call.Finish();

        Assert.Equal(Id(again), Id(shown["activeTurn"]!));
        Assert.Equal("Zwei", TurnEventSeen.Assemble(await _user.EventsAsync(Id(again))));
        Assert.Equal(["One", "Two"], await _user.TextsAsync(_conversation));
        await _user.ShowAsync(_conversation, Id(again, "assistantMessageId")).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(["One", "Zwei"], await _user.TextsAsync(_conversation));
    }

    [Fact]
    public async Task Say_AfterShowingAnEarlierBranch_GoesOnThere()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "One", "Two");
        await RegenerateAsync(Id(first, "assistantMessageId"), "Zwei");
        await _user.ShowAsync(_conversation, Id(first, "assistantMessageId")).JsonAsync(HttpStatusCode.OK);

        await _user.TalkAsync(_engine, _conversation, "Three", "Four");

        Assert.Equal(["One", "Two", "Three", "Four"], await _user.TextsAsync(_conversation));
    }

    [Fact]
    public async Task Messages_OlderPageOfABranch_HasItsOwnSiblings()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "One", "Two");
        await _user.TalkAsync(_engine, _conversation, "Three", "Four");
        await RegenerateAsync(Id(first, "assistantMessageId"), "Zwei");
        await _user.TalkAsync(_engine, _conversation, "Drei", "Vier");

        var newest = await _user.GetAsync($"/api/conversations/{_conversation}/messages?limit=2");
        var older = await _user.GetAsync($"/api/conversations/{_conversation}/messages?limit=2&cursor={newest["previousCursor"]}");

        Assert.All(newest["items"]!.AsArray(), static m => Assert.Equal((1, 1, null, null), Place(m!)));
        Assert.Equal((2, 2, Id(first, "assistantMessageId"), null), Place(older["items"]![1]!));
        Assert.Null(older["previousCursor"]);
    }

    [Fact]
    public async Task Delete_Tree_TakesAllOfItAlong()
    {
        var first = await _user.TalkAsync(_engine, _conversation, "One", "Two");
        await RegenerateAsync(Id(first, "assistantMessageId"), "Zwei");
        await _user.EditAsync(_conversation, Id(first, "userMessageId"), "Eins").JsonAsync(HttpStatusCode.Accepted);

        using var deleted = await _user.SendAsync(HttpMethod.Delete, $"/api/conversations/{_conversation}", null);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0L, await _host.SqlAsync("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM turns) + (SELECT count(*) FROM conversations)"));
    }

    private static Guid Id(JsonNode node, string name = "id") => (Guid)node[name]!;

    private static (int Index, int Count, Guid? Previous, Guid? Next) Place(JsonNode message) => (
        (int)message["siblingIndex"]!, (int)message["siblingCount"]!, (Guid?)message["previousSiblingId"], (Guid?)message["nextSiblingId"]);

    private async Task RegenerateAsync(Guid answer, string text)
    {
        var turn = await _user.RegenerateAsync(_conversation, answer).JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync(text);
        await _user.EventsAsync(Id(turn));
    }
}
