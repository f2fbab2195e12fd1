using System.Net;
using ChatApp.Web.Api;
using ChatApp.Web.Memory;
using Xunit;

namespace ChatApp.Tests.Web;

public sealed class MemoryFeedTests
{
    private static readonly Guid Character = new("00000000-0000-7000-8000-00000000c001");
    private static readonly Guid A = new("00000000-0000-7000-8000-00000000000a");
    private static readonly Guid B = new("00000000-0000-7000-8000-00000000000b");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, "memories?limit=30")]
    [InlineData("  ", true, "memories?limit=30&pinned=true")]
    [InlineData(" a&b=c ", false, "memories?limit=30&q=a%26b%3Dc")]
    public async Task Load_AsksForWhatIsLookedFor(string? text, bool? pinned, string asked)
    {
        using var stub = new StubApi(Answer);

        await FeedOf(stub, MemoryQuery.Of(text, pinned)).LoadAsync(Stop);

        Assert.Contains($"GET /api/characters/{Character}/{asked}", stub.Asked);
    }

    [Fact]
    public async Task LoadMore_OverlappingPages_TakesEachOnce()
    {
        var pages = new Queue<string>([$$"""{"items":[{{Memory(A)}}],"nextCursor":"n"}""", $$"""{"items":[{{Memory(A)}},{{Memory(B)}}],"nextCursor":null}"""]);
        using var stub = new StubApi(request => IsList(request) ? StubApi.Json(pages.Dequeue()) : Answer(request));
        var feed = FeedOf(stub);

        await feed.LoadAsync(Stop);
        Assert.True(feed.HasMore);
        await feed.LoadMoreAsync(Stop);

        Assert.Equal([A, B], feed.Items.Select(item => item.Id));
        Assert.False(feed.HasMore);
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task Delete_EvenIfItIsGoneAlready_TakesItOutOnce(HttpStatusCode status)
    {
        using var stub = new StubApi(request => request.Method == HttpMethod.Delete ? StubApi.Json("{}", status, "application/problem+json") : Answer(request));
        var feed = FeedOf(stub);
        await feed.LoadAsync(Stop);
        var memory = feed.Items[0];

        await feed.DeleteAsync(memory, Stop);
        await feed.DeleteAsync(memory, Stop);

        Assert.Empty(feed.Items);
        Assert.Equal((6, 1), (feed.Settings!.Total, feed.Settings.Pinned));
    }

    [Fact]
    public async Task Change_Refused_LeavesWhatIsShown()
    {
        using var stub = new StubApi(request => request.Method == HttpMethod.Patch
            ? StubApi.Json("""{"detail":"No."}""", HttpStatusCode.Conflict, "application/problem+json")
            : Answer(request));
        var feed = FeedOf(stub);
        await feed.LoadAsync(Stop);

        var refused = await Assert.ThrowsAsync<ApiException>(() => feed.PinAsync(feed.Items[0], pinned: false, Stop));

        Assert.Equal("No.", refused.Message);
        Assert.True(feed.Items[0].Pinned);
        Assert.Equal(2, feed.Settings!.Pinned);
    }

    [Fact]
    public async Task Rewrite_SendsTheTextAlone()
    {
        var sent = "";
        using var stub = new StubApi(request =>
        {
            sent = request.Method == HttpMethod.Patch ? request.Content!.ReadAsStringAsync(Stop).GetAwaiter().GetResult() : sent;
            return request.Method == HttpMethod.Patch ? StubApi.Json(Memory(A, "other", pinned: false)) : Answer(request);
        });
        var feed = FeedOf(stub);
        await feed.LoadAsync(Stop);

        await feed.RewriteAsync(feed.Items[0], "other", Stop);

        Assert.Equal("""{"text":"other"}""", sent);
        Assert.Equal("other", feed.Items[0].Text);
        Assert.Equal(1, feed.Settings!.Pinned);
    }

    [Fact]
    public void Query_InAnAddress_ComesBackTheSame()
    {
        var query = MemoryQuery.Of(" dogs & cats ", true);

        Assert.Equal($"memory/{Character}?q=dogs%20%26%20cats&pinned=true", query.Address(Character));
        Assert.Equal(500, MemoryQuery.Of(new string('x', 600), null).Text!.Length);
        Assert.Equal($"memory/{Character}", MemoryQuery.Of("", false).Address(Character));
    }

    private static MemoryFeed FeedOf(StubApi stub, MemoryQuery? query = null) => new(new MemoryApi(stub.Client()), Character, query ?? MemoryQuery.Of(null, null));

    private static bool IsList(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.EndsWith("/memories", StringComparison.Ordinal);

    private static HttpResponseMessage Answer(HttpRequestMessage request) => StubApi.Json(IsList(request)
        ? $$"""{"items":[{{Memory(A)}}],"nextCursor":null}"""
        : """{"remembers":true,"staysInside":false,"total":7,"pinned":2}""");

    private static string Memory(Guid id, string text = "said", bool pinned = true) => $$"""
        {"id":"{{id}}","kind":"message","speaker":"user","text":"{{text}}","saidAt":"2026-01-01T00:00:00Z","pinned":{{(pinned ? "true" : "false")}},
         "importance":0.5,"conversationId":null,"messageId":null,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}
        """;
}
