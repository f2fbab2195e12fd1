using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Turns answered by a real llama-server with the built-in model.</summary>
[Trait("Category", "Integration")]
public sealed class TurnOnEngineTests(StackFixture stack)
{
    [Fact]
    public async Task Turn_WholeConversation_RemembersWhatWasSaid()
    {
        using var user = await SignUpAsync();
        var conversation = await user.StartConversationAsync();

        await user.EventsAsync(await user.SayAsync(conversation, "My dog is called Brimwick."));
        var events = await user.EventsAsync(await user.SayAsync(conversation, "What is my dog called?"));
        var messages = await user.MessagesAsync(conversation);

        Assert.Contains("Brimwick", TurnEventSeen.Assemble(events));
        Assert.Equal(TurnEventSeen.Assemble(events), (string)messages[3]["text"]!);
        Assert.Equal(["complete", "complete", "complete", "complete"], messages.Select(static m => (string)m["status"]!));
        var found = await user.GetAsync($"/api/conversations/{conversation}");
        Assert.Equal("My dog is called Brimwick.", (string)found["title"]!);
        Assert.Null(found["activeTurn"]);
        Assert.Equal((string)messages[3]["text"]!, (string)found["lastMessage"]!);
    }

    [Fact]
    public async Task Events_WholeTurn_AreNumberedAndEndWithUsageAndOutcome()
    {
        using var user = await SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Tell me a story about an owl called Luna.");

        using var reader = await user.FollowAsync(turn);
        var events = await reader.ReadToEndAsync();

        Assert.Equal("text/event-stream", reader.Response.Content.Headers.ContentType!.MediaType);
        Assert.True(reader.Response.Headers.CacheControl!.NoStore);
        Assert.Equal("no", Assert.Single(reader.Response.Headers.GetValues("X-Accel-Buffering")));
        Assert.Equal("1-0", events[0].Id);
        Assert.Equal("accepted", events[0].Type);
        Assert.Equal(["usage", "completed"], events.TakeLast(2).Select(static e => e.Type));
        Assert.All(events.Skip(1).Zip(events), static pair => Assert.True(pair.First.Seq > pair.Second.Seq));
        Assert.Equal("stop", (string)events[^1].Data["finishReason"]!);
        Assert.True((int)events[^2].Data["outputTokens"]! > 10);
        Assert.True((double)events[^2].Data["timeToFirstTokenMs"]! > 0);
        Assert.Equal(TurnEventSeen.Assemble(events).Length, events[^1].Offset);
        Assert.Equal("completed", (string)(await user.GetAsync($"/api/turns/{turn}"))["status"]!);
    }

    [Fact]
    public async Task Events_FinishedTurnFromEveryId_GiveExactlyTheRest()
    {
        using var user = await SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Tell me a story about an owl called Luna.");
        var events = await user.EventsAsync(turn);
        var text = TurnEventSeen.Assemble(events);

        for (var i = 0; i < events.Count - 1; i++)
        {
            var before = TurnEventSeen.Assemble(events.Take(i + 1));
            var rest = await user.EventsAsync(turn, events[i].Id);
            Assert.Equal(text, TurnEventSeen.Assemble(rest, before));
            Assert.Equal(events[^1].Id, rest[^1].Id);
            Assert.All(rest, seen => Assert.True(seen.Seq > events[i].Seq));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/turns/{turn}/events?lastEventId={events[^1].Id}");
        using var ended = await user.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("1")]
    [InlineData("-1-0")]
    public async Task Events_GarbageId_IsAProblem(string id)
    {
        using var user = await SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Hi!");

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/turns/{turn}/events");
        request.Headers.Add("Last-Event-ID", id);
        using var response = await user.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private Task<ApiUser> SignUpAsync() => ApiUser.SignUpAsync(stack.CreateApiClient());
}
