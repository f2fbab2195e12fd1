using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Api.Conversations.Summaries;
using ChatApp.Tests.Api;
using ChatApp.Tests.Memory;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Conversations;

/// <summary>The older parts of conversations in a few sentences, written in the background.</summary>
[Trait("Category", "Integration")]
public sealed class SummaryTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _database = await ApiHost.CreateDatabaseAsync(stack);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Wish_LongerPath_ExtendsTheSummaryByTheMessagesSince()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var first = await user.TalkAsync(_engine, conversation, "My dog\nis called Brimwick.", "Aye, Brimwick!");
        await WishAsync(host, conversation, first);

        var call = await _engine.AnswerNextAsync("The user has a dog, ", "Brimwick.");

        var asked = Assert.Single(call.Prompt);
        Assert.Contains("User: My dog is called Brimwick.\nMira: Aye, Brimwick!", asked);
        await SummarisedAsync(host);
        var second = await user.TalkAsync(_engine, conversation, "He is old.", "How old?");
        await WishAsync(host, conversation, second);
        call = await _engine.AnswerNextAsync("The user has an old dog, Brimwick.");
        asked = Assert.Single(call.Prompt);
        Assert.Contains("The user has a dog, Brimwick.", asked);
        Assert.Contains("User: He is old.", asked);
        Assert.DoesNotContain("Aye, Brimwick!", asked);
        await SummarisedAsync(host);
        Assert.Equal(
            ["The user has a dog, Brimwick.", "The user has an old dog, Brimwick."],
            await host.TextsAsync("SELECT text FROM conversation_summaries ORDER BY through_depth"));
    }

    [Fact]
    public async Task Wish_OtherBranch_BeginsFromWhatBothShare()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var first = await user.TalkAsync(_engine, conversation, "One", "Two");
        var second = await user.TalkAsync(_engine, conversation, "Three", "Four");
        await WriteAsync(host, conversation, first, "Of one and two.");
        await WriteAsync(host, conversation, second, "Of three and four.");
        await user.EditAsync(conversation, Id(second, "userMessageId"), "Drei").JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync("Vier");
        await host.UntilAsync("NOT EXISTS (SELECT FROM turns WHERE status IN ('queued', 'running'))");
        var leaf = (Guid)(await user.MessagesAsync(conversation))[^1]["id"]!;

        var found = await host.Services.GetRequiredService<SummaryStore>().FindAsync(conversation, leaf, TestContext.Current.CancellationToken);
        await host.SqlAsync($"INSERT INTO summaries_due (conversation_id, through_message_id) VALUES ('{conversation}', '{leaf}')");
        var call = await _engine.AnswerNextAsync("Of drei and vier.");

        Assert.Equal("Of one and two.", found?.Text);
        Assert.Contains("Of one and two.", call.Prompt[0]);
        Assert.Contains("User: Drei", call.Prompt[0]);
        Assert.DoesNotContain("Of three and four.", call.Prompt[0]);
    }

    [Fact]
    public async Task Wish_MoreThanOneCallReads_TakesSeveral()
    {
        await using var host = await StartAsync(("Summaries:MaxInputCharacters", "1000"));
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        await user.TalkAsync(_engine, conversation, new string('a', 700), new string('b', 700));
        var last = await user.TalkAsync(_engine, conversation, "And?", "Well.");
        await WishAsync(host, conversation, last);

        var first = await _engine.AnswerNextAsync("A");
        var second = await _engine.AnswerNextAsync("A and B");
        await SummarisedAsync(host);

        Assert.DoesNotContain("bbb", first.Prompt[0]);
        Assert.Contains("bbb", second.Prompt[0]);
        Assert.Contains("Mira: Well.", second.Prompt[0]);
        Assert.Equal(["A", "A and B"], await host.TextsAsync("SELECT text FROM conversation_summaries ORDER BY through_depth"));
    }

    [Fact]
    public async Task Wish_EngineFailsThrice_IsDropped()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.TalkAsync(_engine, conversation, "One", "Two");
        await WishAsync(host, conversation, turn);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            (await _engine.NextCallAsync()).Refuse(500, "No.");
            await host.UntilAsync(attempt < 3 ? $"(SELECT failures = {attempt} AND run_after < now() + interval '4 minutes' FROM summaries_due)" : "NOT EXISTS (SELECT FROM summaries_due)");
            await host.SqlAsync("UPDATE summaries_due SET run_after = now()");
        }

        Assert.Equal(0L, await host.CountAsync("conversation_summaries"));
    }

    [Fact]
    public async Task Wish_BudgetUsedUp_IsPutOffAndNotCounted()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.TalkAsync(_engine, conversation, "One", "Two");
        await WishAsync(host, conversation, turn);

        var refused = await _engine.NextCallAsync();
        refused.Refuse(429, "Used up.", "budget_exceeded", retryAfter: 1);
        await host.UntilAsync("(SELECT failures = 0 AND run_after > now() FROM summaries_due)");
        await host.SqlAsync("UPDATE summaries_due SET run_after = now()");
        await _engine.AnswerNextAsync("Of one and two.");

        await SummarisedAsync(host);
        Assert.Equal("background-summaries", refused.Headers["ChatApp-Caller"]);
        Assert.Equal(["Of one and two."], await host.TextsAsync("SELECT text FROM conversation_summaries"));
    }

    [Fact]
    public async Task Wish_AnswerBreaksOff_HalfOfItIsNotKept()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.TalkAsync(_engine, conversation, "One", "Two");
        await WishAsync(host, conversation, turn);

        var call = await _engine.NextCallAsync();
        call.Say("They did not");
        call.BreakOff();

        await host.UntilAsync("(SELECT failures = 1 AND run_after > now() FROM summaries_due)");
        Assert.Equal(0L, await host.CountAsync("conversation_summaries"));
    }

    [Theory]
    [InlineData("Models:BuiltIn", "true", false)]
    [InlineData("Models:Profiles:scripted:Summarizes", "false", false)]
    [InlineData("Models:Outside", "true", true)]
    public async Task Wish_ModelThatMayNot_IsDroppedUnasked(string key, string value, bool staysInside)
    {
        await using var host = await StartAsync((key, value));
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.TalkAsync(_engine, conversation, "One", "Two");
        await user.SendAsync(HttpMethod.Put, $"/api/characters/{ApiUser.Mira}/memory", new { remembers = true, staysInside }).JsonAsync(HttpStatusCode.OK);

        await WishAsync(host, conversation, turn);

        await SummarisedAsync(host);
        Assert.False(_engine.HasCall);
        Assert.Equal(0L, await host.CountAsync("conversation_summaries"));
    }

    [Fact]
    public async Task Wish_SomebodyWantsAnAnswer_GivesWayAndIsDoneLater()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.TalkAsync(_engine, conversation, "One", "Two");
        await WishAsync(host, conversation, turn);
        var background = await _engine.NextCallAsync();

        await user.SayAsync(conversation, "Three");
        var answer = await _engine.NextCallAsync();
        await background.Closed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        answer.Say("Four");
        answer.Finish();
        await _engine.AnswerNextAsync("Of one and two.");

        await SummarisedAsync(host);
        Assert.Equal(["Of one and two."], await host.TextsAsync("SELECT text FROM conversation_summaries"));
    }

    private static Guid Id(JsonNode node, string name) => (Guid)node[name]!;

    private static Task SummarisedAsync(ApiHost host) => host.UntilAsync("NOT EXISTS (SELECT FROM summaries_due)");

    private static Task<object?> WishAsync(ApiHost host, Guid conversation, JsonNode turn) => host.SqlAsync(
        $"INSERT INTO summaries_due (conversation_id, through_message_id) VALUES ('{conversation}', '{turn["assistantMessageId"]}')");

    private static Task<object?> WriteAsync(ApiHost host, Guid conversation, JsonNode turn, string text) => host.SqlAsync($"""
        INSERT INTO conversation_summaries (conversation_id, through_message_id, through_depth, text, model)
        SELECT conversation_id, id, depth, '{text}', 'scripted' FROM messages WHERE id = '{turn["assistantMessageId"]}'
        """);

    private Task<ApiHost> StartAsync(params (string Key, string Value)[] settings) =>
        ApiHost.StartAsync(stack, _engine, _database, [("Summaries:Enabled", "true"), .. settings]);
}
