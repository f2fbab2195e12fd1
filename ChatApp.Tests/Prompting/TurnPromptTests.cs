using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Api.Prompting.Kept;
using ChatApp.Api.Moderation.Injection;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using ChatApp.Tests.Turns;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Prompting;

/// <summary>Looking at the prompt of an answer: it is what the engine was sent, to the letter.</summary>
[Trait("Category", "Integration")]
public sealed class TurnPromptTests(StackFixture stack) : IAsyncLifetime
{
    private readonly ScriptedRecall _recall = new();
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await StartAsync(("Models:Profiles:scripted:HistoryTokens", "60"), ("Models:Profiles:scripted:CharactersPerToken", "1"));
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
    public async Task Prompt_OfEveryTurnOfAConversation_IsWhatTheEngineWasSent()
    {
        await _host.SqlAsync("""UPDATE characters SET examples = '[{"user":"A?","assistant":"A!"}]' WHERE slug = 'mira'""");
        var sent = new List<(Guid Turn, IReadOnlyList<string> Prompt)>();
        for (var i = 0; i < 12; i++)
        {
            var turn = await _user.SayAsync(_conversation, string.Create(CultureInfo.InvariantCulture, $"Qüestion {i} {{{{$x}}}} 😀"));
            sent.Add((turn, (await _engine.AnswerNextAsync(string.Create(CultureInfo.InvariantCulture, $"Answer {i}"))).Prompt));
            await _user.EventsAsync(turn);
        }

        foreach (var (turn, prompt) in sent)
        {
            var shown = await _user.GetAsync($"/api/turns/{turn}/prompt");

            Assert.Equal(Masked(prompt), Lines(shown));
            Assert.True((bool)shown["isExact"]!);
            Assert.Equal(["persona", "example", "example"], Parts(shown).Take(3));
            Assert.Equal("question", Parts(shown).Last());
            Assert.Equal((11, true, "scripted"), ((int)shown["tokens"]!, (bool)shown["tokensCounted"]!, (string)shown["model"]!));
            Assert.Equal(1024, (int)shown["options"]!["maxOutputTokens"]!);
        }

        // The character is kept once, and the conversation not again.
        Assert.Equal(1L, await _host.SqlAsync("SELECT count(*) FROM prompt_texts"));
        Assert.Equal(0L, await _host.SqlAsync("SELECT count(*) FROM turn_prompts WHERE blocks LIKE '%Answer%'"));
    }

    [Fact]
    public async Task Prompt_WithASummary_ShowsIt()
    {
        for (var i = 0; i < 6; i++)
        {
            await AnsweredAsync($"Question number {i}", "Some answer");
        }

        // What the background would have written.
        Assert.Equal(1L, await _host.SqlAsync("SELECT count(*) FROM summaries_due"));
        await _host.SqlAsync("""
            INSERT INTO conversation_summaries (conversation_id, through_message_id, through_depth, text, model)
            SELECT d.conversation_id, m.id, m.depth, 'They talked of numbers.', 'm' FROM summaries_due d JOIN messages m ON m.id = d.through_message_id
            """);
        var turn = await _user.SayAsync(_conversation, "Question number 6");
        var sent = await _engine.AnswerNextAsync("Answer");
        await _user.EventsAsync(turn);

        var shown = await _user.GetAsync($"/api/turns/{turn}/prompt");
        // It is exact even when the summary has been replaced since.
        await _host.SqlAsync("UPDATE conversation_summaries SET text = 'Another.'");
        var later = await _user.GetAsync($"/api/turns/{turn}/prompt");

        Assert.Equal(Masked(sent.Prompt), Lines(shown));
        Assert.Contains("They talked of numbers.", (string)shown["messages"]![1]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("summary", Parts(shown)[1]);
        Assert.Equal((true, shown.ToJsonString()), ((bool)shown["isExact"]!, later.ToJsonString()));
    }

    [Fact]
    public async Task Prompt_MessageChangedBehindOurBack_IsNoLongerExact()
    {
        await AnsweredAsync("One", "Two");
        var turn = await AnsweredAsync("Three", "Four");
        await _host.SqlAsync("UPDATE messages SET text = 'Zwei' WHERE text = 'Two'");

        Assert.False((bool)(await _user.GetAsync($"/api/turns/{turn}/prompt"))["isExact"]!);
    }

    [Fact]
    public async Task Prompt_OfSomebodyElse_IsNotThere()
    {
        var turn = await AnsweredAsync("One", "Two");
        using var stranger = await _host.SignUpAsync();
        using var anonymous = new HttpClient { BaseAddress = _host.Address };

        using var refused = await stranger.Client.GetAsync($"/api/turns/{turn}/prompt", Cancelled);
        using var unknown = await anonymous.GetAsync($"/api/turns/{turn}/prompt", Cancelled);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (refused.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Prune_OldPrompts_AreGoneAndTheAnswerSaysSo()
    {
        var old = await AnsweredAsync("One", "Two");
        var young = await AnsweredAsync("Three", "Four");
        await _host.SqlAsync($"UPDATE turn_prompts SET created_at = now() - interval '40 days' WHERE turn_id = '{old}'");
        await _host.SqlAsync("INSERT INTO prompt_texts (hash, text, used_at) VALUES ('\\x00', 'unused', now() - interval '33 days'), ('\\x01', 'just used', now() - interval '31 days')");
        var store = _host.Services.GetRequiredService<TurnPromptStore>();

        Assert.Equal(2, await store.PruneAsync(TimeSpan.FromDays(30), 1000, Cancelled));

        using var gone = await _user.Client.GetAsync($"/api/turns/{old}/prompt", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("not kept", (string)(await ApiUser.JsonAsync(gone))["detail"]!, StringComparison.Ordinal);
        Assert.True((bool)(await _user.GetAsync($"/api/turns/{young}/prompt"))["isExact"]!);
        Assert.Equal(0, await store.PruneAsync(TimeSpan.FromDays(30), 1000, Cancelled));
        Assert.Equal(2L, await _host.SqlAsync("SELECT count(*) FROM prompt_texts"));
    }

    [Fact]
    public async Task Prompt_OfTheBuiltInModel_HasWhatWasRecalledFirstAndWantsNoSummaries()
    {
        await using var host = await StartAsync(("Models:BuiltIn", "true"));
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        Guid turn = default;
        EngineCall sent = null!;
        for (var i = 0; i < 4; i++)
        {
            turn = await user.SayAsync(conversation, new string('q', 700));
            sent = await _engine.AnswerNextAsync("Answer");
            await user.EventsAsync(turn);
        }

        var shown = await user.GetAsync($"/api/turns/{turn}/prompt");

        Assert.Equal(Masked(sent.Prompt), Lines(shown));
        Assert.Contains("What you remember about the user:", sent.Prompt[0], StringComparison.Ordinal);
        Assert.True((bool)shown["isExact"]!);
        Assert.True(sent.Prompt.Count < 8, "Nothing was left out.");
        Assert.Equal(0L, await host.SqlAsync("SELECT count(*) FROM summaries_due"));
    }

    // The code that must never leave is not shown to people either.
    private static IEnumerable<string> Masked(IEnumerable<string> prompt) => prompt.Select(Canary.Mask);

    private static List<string> Lines(JsonNode shown) => [.. shown["messages"]!.AsArray().Select(static m => $"{m!["role"]}: {m["text"]}")];

    private static List<string> Parts(JsonNode shown) => [.. shown["messages"]!.AsArray().Select(static m => (string)m!["part"]!)];

    private async Task<Guid> AnsweredAsync(string text, string answer)
    {
        var turn = await _user.SayAsync(_conversation, text);
        await _engine.AnswerNextAsync(answer);
        await _user.EventsAsync(turn);
        return turn;
    }

    private async Task<ApiHost> StartAsync(params (string Key, string Value)[] settings) =>
        await ApiHost.StartAsync(
            stack, _engine, await ApiHost.CreateDatabaseAsync(stack), _recall.Replace, [("Summaries:Enabled", "false"), .. settings]);
}
