using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

[Trait("Category", "Integration")]
public sealed class TurnPostingTests(StackFixture stack)
{
    [Fact]
    public async Task Post_SameKeyManyTimesAtOnce_IsOneTurn()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();

        var posts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => user.PostTurnAsync(conversation, "Hello", "key-1")));
        var ids = await Task.WhenAll(posts.Select(static async p => (Guid)(await ApiUser.JsonAsync(p))["id"]!));

        Assert.All(posts, static p => Assert.Equal(HttpStatusCode.Accepted, p.StatusCode));
        var turn = Assert.Single(ids.Distinct());
        await engine.AnswerNextAsync("Hi");
        await user.EventsAsync(turn);
        Assert.Equal(2, (await user.MessagesAsync(conversation)).Count);

        // Still so when the turn has ended.
        using var later = await user.PostTurnAsync(conversation, "Hello", "key-1");
        Assert.Equal(turn, (Guid)(await ApiUser.JsonAsync(later))["id"]!);
        Assert.Equal(2, (await user.MessagesAsync(conversation)).Count);
    }

    [Fact]
    public async Task Post_SameKeyOtherText_IsRefused()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        using var first = await user.PostTurnAsync(conversation, "Hello", "key-1");

        using var second = await user.PostTurnAsync(conversation, "Something else", "key-1");

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(2, (await user.MessagesAsync(conversation)).Count);
    }

    [Fact]
    public async Task Post_WithoutAKeyManyTimesAtOnce_AcceptsOneAndNeverForks()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();

        var posts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => user.PostTurnAsync(conversation, $"Hello {i}")));

        Assert.Single(posts, static p => p.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(19, posts.Count(static p => p.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(2L, await host.SqlAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Post_MoreConversationsAtOnceThanAllowed_IsAskedToWait()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, ("Turns:MaxActivePerUser", "2"));
        using var user = await host.SignUpAsync();
        var conversations = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => user.StartConversationAsync()));

        var posts = await Task.WhenAll(conversations.Select(c => user.PostTurnAsync(c, "Hello")));

        Assert.Equal(2, posts.Count(static p => p.StatusCode == HttpStatusCode.Accepted));
        var refused = posts.First(static p => p.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        using var other = await host.SignUpAsync();
        await other.SayAsync(await other.StartConversationAsync(), "Hello");
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("  \n ", 400)]
    [InlineData("x*16000", 202)]
    [InlineData("x*16001", 400)]
    [InlineData("x*300000", 413)]
    public async Task Post_TextOfAnyLength_IsBounded(string text, int expected)
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        if (text.Split('*') is [var letter, var count])
        {
            text = new string(letter[0], int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        }

        using var response = await user.PostTurnAsync(conversation, text);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(expected == 202 ? 2 : 0, (await user.MessagesAsync(conversation)).Count);
    }

    [Fact]
    public async Task Post_KeyTooLong_IsAProblem()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();

        using var response = await user.PostTurnAsync(await user.StartConversationAsync(), "Hello", new string('k', 129));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
