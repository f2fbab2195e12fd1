using System.Net;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Commands;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>"Forget …" takes away what it names, everywhere and once.</summary>
[Trait("Category", "Integration")]
public sealed class MemoryCommandsTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

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
    public async Task Forget_Fact_GoesEverywhereWithTheAnswersThatRepeatIt()
    {
        await _user.TalkAsync(_engine, _conversation, "My dog is called Brimwick.", "Brimwick is a fine name for a dog!");
        await _user.TalkAsync(_engine, _conversation, "I live in Lisbon.", "Lovely.");
        var other = await _user.StartConversationAsync();
        await _user.TalkAsync(_engine, other, "Brimwick is a good dog.", "Aye!");
        await AddNoteAsync("The dog Brimwick likes bones.");

        var (turn, message) = await SayAsync("Forget that my dog is called Brimwick.");
        var result = await RunAsync(turn, message, "Forget that my dog is called Brimwick.");

        Assert.Equal(
            ["Brimwick is a fine name for a dog!", "Brimwick is a good dog.", "My dog is called Brimwick.", "The dog Brimwick likes bones."],
            result.Forgotten.Order(StringComparer.Ordinal));
        Assert.Null(result.Note);
        await AnswerAsync("I no longer know that your dog is Brimwick.");
        await _host.RememberedAsync(_conversation);
        Assert.Equal(["Aye!", "I live in Lisbon.", "Lovely."], await _host.TextsAsync("SELECT text FROM memories ORDER BY text"));
    }

    [Fact]
    public async Task Forget_WhatIsForgotten_IsNotTakenInAgain()
    {
        await _user.TalkAsync(_engine, _conversation, "I own a boat.", "Aye");
        await _host.RememberedAsync(_conversation);
        var (turn, message) = await SayAsync("Forget my boat");
        await RunAsync(turn, message, "Forget my boat");
        await AnswerAsync("Done.");

        await _user.TalkAsync(_engine, _conversation, "And now?", "Now what?");

        Assert.Equal(["character: Aye", "user: And now?", "character: Now what?"], await _host.RememberedAsync(_conversation));
    }

    [Fact]
    public async Task Forget_AgainForTheSameMessage_DoesNothingMoreAndTellsTheSame()
    {
        await AddNoteAsync("I own a boat.");
        var (turn, message) = await SayAsync("Forget my boat");
        var first = await RunAsync(turn, message, "Forget my boat");
        await AddNoteAsync("I own a new boat.");

        var again = await RunAsync(Guid.NewGuid(), message, "Forget my boat");

        Assert.Equal(["I own a boat."], first.Forgotten);
        Assert.Equal(first.Forgotten, again.Forgotten);
        Assert.Equal(["I own a new boat."], await _host.TextsAsync("SELECT text FROM memories"));
        (await _engine.NextCallAsync()).Finish();
    }

    [Theory]
    [InlineData("Forget that I asked.", null)]
    [InlineData("Forget my name", "Nothing was forgotten")]
    [InlineData("Forget everything you know about me", "memory page")]
    [InlineData("Forget my submarine", "Nothing of the kind")]
    public async Task Forget_NothingTelling_DeletesNothing(string text, string? note)
    {
        await AddNoteAsync("My name is Ada, I asked about everything.");
        var (turn, message) = await SayAsync(text);

        var result = await RunAsync(turn, message, text);

        Assert.Empty(result.Forgotten);
        Assert.Equal(note is not null, result.Note?.Contains(note!) ?? false);
        Assert.Equal(1L, await _host.CountAsync("memories"));
        (await _engine.NextCallAsync()).Finish();
    }

    [Fact]
    public async Task Forget_Much_IsBoundedAndSaysSo()
    {
        await _host.SqlAsync($"""
            INSERT INTO memory_scopes (user_id, character_id) SELECT id, '{ApiUser.Mira}' FROM users;
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, terms, version)
            SELECT gen_random_uuid(), id, '{ApiUser.Mira}', 'fact', 'user', 'Boat ' || n, now(), to_tsvector('english', 'Boat ' || n), 0
            FROM users, generate_series(1, 60) AS n
            """);
        var (turn, message) = await SayAsync("Forget my boats.");

        var result = await RunAsync(turn, message, "Forget my boats.");

        Assert.Equal(50, result.Forgotten.Count);
        Assert.Contains("more", result.Note);
        Assert.Equal(10L, await _host.CountAsync("memories"));
        (await _engine.NextCallAsync()).Finish();
    }

    [Fact]
    public async Task Forget_AndRemember_KeepsTheMessage()
    {
        const string text = "Forget my old address. Remember that I live in Porto now.";
        await AddNoteAsync("My old address is in Lisbon.");
        var (turn, message) = await SayAsync(text);

        var result = await RunAsync(turn, message, text);

        Assert.True(result.Pins);
        Assert.Equal(["My old address is in Lisbon."], result.Forgotten);
        await AnswerAsync("Aye.");
        await _host.RememberedAsync(_conversation);
        Assert.Equal([text], await _host.TextsAsync("SELECT text FROM memories WHERE pinned"));
    }

    private async Task<MemoryCommandResult> RunAsync(Guid turn, Guid message, string text) =>
        await _host.Services.GetRequiredService<IMemoryCommands>().RunAsync(await ScopeAsync(), turn, message, text, Cancelled);

    private async Task<MemoryScope> ScopeAsync() =>
        new((Guid)(await _host.SqlAsync($"SELECT user_id FROM conversations WHERE id = '{_conversation}'"))!, ApiUser.Mira);

    private async Task AddNoteAsync(string text) =>
        await _user.SendAsync(HttpMethod.Post, $"/api/characters/{ApiUser.Mira}/memories", new { text }).JsonAsync(HttpStatusCode.Created);

    private async Task<(Guid Turn, Guid Message)> SayAsync(string text)
    {
        var turn = await _user.PostTurnAsync(_conversation, text).JsonAsync(HttpStatusCode.Accepted);
        return ((Guid)turn["id"]!, (Guid)turn["userMessageId"]!);
    }

    private async Task AnswerAsync(string text)
    {
        await _engine.AnswerNextAsync(text);
        await _host.UntilAsync("NOT EXISTS (SELECT FROM turns WHERE status IN ('queued', 'running'))");
    }
}
