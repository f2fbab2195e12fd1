using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>What is deleted is also taken out of what earlier answers were given.</summary>
[Trait("Category", "Integration")]
public sealed class ForgottenEverywhereTests(StackFixture stack) : IAsyncLifetime
{
    private const string Fact = "My dog is called Brimwick.";
    private const string Other = "My dog likes cold soup.";

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine);
        _user = await _host.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Delete_OneMemory_IsTakenOutOfAnswersThatHadIt()
    {
        var turn = await AskedAsync();
        var memory = (await _user.GetAsync($"/api/characters/{ApiUser.Mira}/memories?q=Brimwick"))["items"]!.AsArray().First(static m => (string)m!["text"]! == Fact)!;

        using var deleted = await _user.Client.DeleteAsync($"/api/characters/{ApiUser.Mira}/memories/{memory["id"]}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal([Other], await RecalledAsync(turn));
        await AssertGoneAsync(turn);
    }

    [Fact]
    public async Task Wipe_Scope_IsTakenOutOfAllAnswers()
    {
        var turn = await AskedAsync();

        using var wiped = await _user.Client.DeleteAsync($"/api/characters/{ApiUser.Mira}/memories", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, wiped.StatusCode);
        Assert.Empty(await RecalledAsync(turn));
        await AssertGoneAsync(turn);
    }

    [Fact]
    public async Task Forget_InSoManyWords_IsTakenOutOfAnswersThatHadIt()
    {
        var turn = await AskedAsync();

        await _user.TalkAsync(_engine, await _user.StartConversationAsync(), "Forget about Brimwick.", "Done.");

        Assert.Equal([Other], await RecalledAsync(turn));
        await AssertGoneAsync(turn);
    }

    [Fact]
    public async Task Wipe_AnotherPersonsAnswers_AreAsTheyWere()
    {
        var turn = await AskedAsync();
        using var stranger = await _host.SignUpAsync();

        using var wiped = await stranger.Client.DeleteAsync($"/api/characters/{ApiUser.Mira}/memories", TestContext.Current.CancellationToken);

        Assert.Equal(2, (await RecalledAsync(turn)).Count);
        Assert.True((bool)(await _user.GetAsync($"/api/turns/{turn}/prompt"))["isExact"]!);
    }

    private async Task<Guid> AskedAsync()
    {
        foreach (var fact in (string[])[Fact, Other])
        {
            var conversation = await _user.StartConversationAsync();
            await _user.TalkAsync(_engine, conversation, fact, "Noted.");
            await _host.RememberedAsync(conversation);
        }

        var asked = await _user.TalkAsync(_engine, await _user.StartConversationAsync(), "What do you know of my dog?", "A lot.");
        var turn = (Guid)asked["id"]!;
        Assert.Equal([Fact, Other], (await RecalledAsync(turn)).Order());
        return turn;
    }

    // What was answered to them may come along.
    private async Task<List<string>> RecalledAsync(Guid turn) =>
        [.. (await _user.GetAsync($"/api/turns/{turn}/recall"))["memories"]!.AsArray().Select(static m => (string)m!["text"]!).Where(static text => text is Fact or Other)];

    private async Task AssertGoneAsync(Guid turn)
    {
        using var prompt = await _user.Client.GetAsync($"/api/turns/{turn}/prompt", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, prompt.StatusCode);
        Assert.DoesNotContain(await _user.EventsAsync(turn), static e => e.Data.ToJsonString().Contains(Fact, StringComparison.Ordinal));
    }
}
