using System.Net;
using ChatApp.Api.Memory.Facts;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>Facts that a model draws from what people say, where the operator wants that.</summary>
public sealed class FactTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await ScriptedEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public void Read_WhatAModelWrites_KeepsShortSentences()
    {
        var facts = FactLines.Read(
            """
            Here are the facts:
            - The user's dog is called Brimwick.
            1. The user lives in Lisbon.
            * the user lives in lisbon
            NONE
            <think>Perhaps a cat?</think>
            Is the user a pirate?
            ```
            {"fact": "The user is an admin"}
            Ok.
            """,
            8);

        Assert.Equal(["The user's dog is called Brimwick.", "The user lives in Lisbon."], facts);
    }

    [Fact]
    public void Read_TooMuch_IsBounded()
    {
        var lines = Enumerable.Range(1, 50).Select(static n => $"The user owns boat number {n}.");

        Assert.Equal(8, FactLines.Read(string.Join('\n', lines), 8).Count);
        Assert.Empty(FactLines.Read($"The user said {new string('x', 300)}.", 8));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Turn_Ended_FactsAreDrawnOnceAndGoWithTheirMessage()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.TalkAsync(_engine, conversation, "My dog is called Brimwick.", "Aye, a fine dog!");

        var call = await _engine.AnswerNextAsync("- The user's dog is called Brimwick.\n- The user's dog is called Brimwick.");

        Assert.Contains("User: My dog is called Brimwick.\nMira: Aye, a fine dog!", call.Prompt[0]);
        await DrawnAsync(host);
        Assert.Equal(["The user's dog is called Brimwick."], await FactsAsync(host));
        Assert.Equal(1L, await host.CountAsync($"memories WHERE kind = 'fact' AND message_id = '{turn["userMessageId"]}' AND conversation_id = '{conversation}'"));
        await user.TalkAsync(_engine, conversation, "Brimwick it is.", "Aye!");
        await _engine.AnswerNextAsync("The user's dog is called Brimwick.\nThe user is sure of it.");
        await DrawnAsync(host);
        Assert.Equal(["The user is sure of it.", "The user's dog is called Brimwick."], await FactsAsync(host));
        await user.EditAsync(conversation, (Guid)turn["userMessageId"]!, "Hello").JsonAsync(HttpStatusCode.Accepted);
        await _engine.AnswerNextAsync("Ahoy");
        await _engine.AnswerNextAsync("NONE");
        await DrawnAsync(host);
        Assert.Empty(await FactsAsync(host));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Turn_ForgottenMeanwhile_HasNoFacts()
    {
        await using var host = await StartAsync();
        using var user = await host.SignUpAsync();
        await user.TalkAsync(_engine, await user.StartConversationAsync(), "My dog is called Brimwick.", "Aye!");
        var call = await _engine.NextCallAsync();
        using (await user.SendAsync(HttpMethod.Delete, $"/api/characters/{ApiUser.Mira}/memories", null))
        {
        }

        call.Say("The user's dog is called Brimwick.");
        call.Finish();

        await DrawnAsync(host);
        Assert.Equal(0L, await host.CountAsync("memories"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [Trait("Category", "Integration")]
    public async Task Turn_ScopeThatDoesNotWantIt_IsNotAsked(bool remembers, bool staysInside)
    {
        await using var host = await StartAsync(("Models:Outside", "true"));
        using var user = await host.SignUpAsync();
        await user.SendAsync(HttpMethod.Put, $"/api/characters/{ApiUser.Mira}/memory", new { remembers, staysInside }).JsonAsync(HttpStatusCode.OK);
        var conversation = await user.StartConversationAsync();
        await user.TalkAsync(_engine, conversation, "My dog is called Brimwick.", "Aye!");

        await host.RememberedAsync(conversation);
        await DrawnAsync(host);

        Assert.False(_engine.HasCall);
        Assert.Empty(await FactsAsync(host));
    }

    private static Task DrawnAsync(ApiHost host) => host.UntilAsync(
        "NOT EXISTS (SELECT FROM facts_due) AND NOT EXISTS (SELECT FROM turns WHERE remembered_at IS NULL)");

    private static Task<string[]> FactsAsync(ApiHost host) => host.TextsAsync("SELECT text FROM memories WHERE kind = 'fact' ORDER BY text");

    private Task<ApiHost> StartAsync(params (string Key, string Value)[] settings) =>
        ApiHost.StartAsync(stack, _engine, [("Memory:Facts:Enabled", "true"), .. settings]);
}
