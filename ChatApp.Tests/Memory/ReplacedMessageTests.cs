using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>What has another version in its place is recalled no more, from the very turn on that replaces it; and nothing is recalled that is read anyway.</summary>
[Trait("Category", "Integration")]
public sealed class ReplacedMessageTests(StackFixture stack) : IAsyncLifetime
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
    public async Task Edit_Correction_IsAnsweredWithoutTheOldVersion()
    {
        var turn = await SaidAsync(_conversation, "My dog is called Brimwik.", "A dog called Brimwik!");

        await _user.EditAsync(_conversation, Id(turn, "userMessageId"), "My dog is called Brimwick.").JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.AnswerNextAsync("With a ck.");

        Assert.Equal("user: My dog is called Brimwick.", call.Prompt[^1]);
    }

    [Fact]
    public async Task Regenerate_Answer_IsGivenWithoutTheOldOne()
    {
        var turn = await SaidAsync(_conversation, "What is a good name for my dog?", "A good name for a dog is Rex.");

        await _user.RegenerateAsync(_conversation, Id(turn, "assistantMessageId")).JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.AnswerNextAsync("Brimwick.");

        Assert.Equal("user: What is a good name for my dog?", call.Prompt[^1]);
    }

    [Fact]
    public async Task Branch_WhatItCopied_IsNotRecalledFromWhereItCameFrom()
    {
        var turn = await SaidAsync(_conversation, "My dog is called Brimwick.", "A fine dog.");
        var branch = await _user.BranchAsync(_conversation, Id(turn, "assistantMessageId")).JsonAsync(HttpStatusCode.Created);

        await _user.SayAsync(Id(branch, "id"), "What is my dog called?");
        var call = await _engine.AnswerNextAsync("Brimwick.");

        Assert.Equal("user: What is my dog called?", call.Prompt[^1]);
    }

    [Fact]
    public async Task Edit_WhatWasPinned_IsRecalledAllTheSame()
    {
        var turn = await SaidAsync(_conversation, "Remember that my dog is called Brimwick.", "I will.");

        await _user.EditAsync(_conversation, Id(turn, "userMessageId"), "What is my dog called?").JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.AnswerNextAsync("Brimwick.");

        Assert.Contains("Remember that my dog is called Brimwick.", call.Prompt[^1], StringComparison.Ordinal);
    }

    private static Guid Id(JsonNode node, string name) => (Guid)node[name]!;

    private async Task<JsonNode> SaidAsync(Guid conversation, string text, string answer)
    {
        var turn = await _user.TalkAsync(_engine, conversation, text, answer);
        await _host.RememberedAsync(conversation);
        return turn;
    }
}
