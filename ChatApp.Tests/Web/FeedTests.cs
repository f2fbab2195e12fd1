using ChatApp.Web.Chat;
using ChatApp.Web.Conversations;
using Xunit;

namespace ChatApp.Tests.Web;

public sealed class FeedTests
{
    private static readonly Guid A = Guid.CreateVersion7();
    private static readonly Guid B = Guid.CreateVersion7();
    private static readonly Guid C = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_NextPageRepeatsOne_ShowsItOnce()
    {
        using var stub = new StubApi(request => StubApi.Json(request.RequestUri!.Query.Contains("cursor", StringComparison.Ordinal)
            ? $$"""{"items":[{{StubApi.Conversation(B, "b", "2026-01-02T00:00:00Z")}},{{StubApi.Conversation(C, "c", "2026-01-01T00:00:00Z")}}],"nextCursor":null}"""
            : $$"""{"items":[{{StubApi.Conversation(A, "a", "2026-01-03T00:00:00Z")}},{{StubApi.Conversation(B, "b", "2026-01-02T00:00:00Z")}}],"nextCursor":"x&y"}"""));
        var feed = new ConversationFeed(stub.Client());

        await feed.LoadAsync(more: false, Stop);
        Assert.True(feed.HasMore);
        await feed.LoadAsync(more: true, Stop);

        Assert.Equal([A, B, C], feed.Items.Select(item => item.Id));
        Assert.False(feed.HasMore);
        Assert.Equal("GET /api/conversations?limit=30&cursor=x%26y", stub.Asked[^1]);
    }

    [Fact]
    public async Task Conversations_OneGetsActive_MovesToTheTop()
    {
        using var stub = new StubApi(request => StubApi.Json(request.Method == HttpMethod.Get
            ? $$"""{"items":[{{StubApi.Conversation(A, "a", "2026-01-03T00:00:00Z")}},{{StubApi.Conversation(B, "b", "2026-01-02T00:00:00Z")}}],"nextCursor":null}"""
            : StubApi.Conversation(B, "renamed", "2026-01-04T00:00:00Z")));
        var feed = new ConversationFeed(stub.Client());
        await feed.LoadAsync(more: false, Stop);
        var changes = 0;
        feed.Changed += (_, _) => changes++;

        await feed.RenameAsync(B, "renamed", Stop);

        Assert.Equal(["renamed", "a"], feed.Items.Select(item => item.Title));
        Assert.Equal(1, changes);
    }

    [Fact]
    public async Task Conversations_RefusedDelete_KeepsTheConversation()
    {
        using var stub = new StubApi(request => request.Method == HttpMethod.Delete
            ? StubApi.Json("{}", System.Net.HttpStatusCode.ServiceUnavailable)
            : StubApi.Json($$"""{"items":[{{StubApi.Conversation(A, "a", "2026-01-03T00:00:00Z")}}],"nextCursor":null}"""));
        var feed = new ConversationFeed(stub.Client());
        await feed.LoadAsync(more: false, Stop);

        await Assert.ThrowsAsync<ChatApp.Web.Api.ApiException>(() => feed.DeleteAsync(A, Stop));

        Assert.Single(feed.Items);
    }

    [Fact]
    public async Task Messages_LoadedAgain_KeepEarlierOnesAndTakeTheNewestState()
    {
        var pages = new Queue<string>([
            $$"""{"items":[{{StubApi.Message(B, "q")}},{{StubApi.Message(C, "", "pending", B, "assistant")}}],"previousCursor":"p"}""",
            $$"""{"items":[{{StubApi.Message(A, "before")}}],"previousCursor":null}""",
            $$"""{"items":[{{StubApi.Message(B, "q")}},{{StubApi.Message(C, "answer", "complete", B, "assistant")}}],"previousCursor":"p"}""",
        ]);
        using var stub = new StubApi(_ => StubApi.Json(pages.Dequeue()));
        var feed = new MessageFeed(stub.Client(), Guid.Empty);

        await feed.LoadAsync(Stop);
        await feed.LoadEarlierAsync(Stop);
        await feed.LoadAsync(Stop);

        Assert.Equal(["before", "q", "answer"], feed.Items.Select(item => item.Text));
        Assert.False(feed.HasEarlier);
    }

    [Fact]
    public async Task Messages_NothingInCommonWithWhatWasKnown_StartOver()
    {
        var pages = new Queue<string>([
            $$"""{"items":[{{StubApi.Message(A, "old")}}],"previousCursor":null}""",
            $$"""{"items":[{{StubApi.Message(C, "new")}}],"previousCursor":"p"}""",
        ]);
        using var stub = new StubApi(_ => StubApi.Json(pages.Dequeue()));
        var feed = new MessageFeed(stub.Client(), Guid.Empty);

        await feed.LoadAsync(Stop);
        await feed.LoadAsync(Stop);

        Assert.Equal("new", Assert.Single(feed.Items).Text);
        Assert.True(feed.HasEarlier);
    }
}
