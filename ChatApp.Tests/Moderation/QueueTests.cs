using System.Net;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Moderation;

/// <summary>What moderators decide, what people say to it, and what follows.</summary>
[Trait("Category", "Integration")]
public sealed class QueueTests(ModeratedSite site) : IClassFixture<ModeratedSite>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_BlockedAnswer_BringsItBackSoThatItCanBeContinued()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, "Say it");
        await site.Engine.AnswerNextAsync($"A lecture about {ModeratedSite.Blocked} begins");
        await user.EventsAsync(turn);
        var own = Assert.Single((await user.GetAsync("/api/me/moderation"))["items"]!.AsArray())!;
        Assert.Equal(("answer", "", "open"), ((string)own["source"]!, (string)own["excerpt"]!, (string)own["status"]!));
        var id = (string)own["id"]!;

        var details = await site.Admin.GetAsync($"/api/moderation/items/{id}");
        Assert.Equal($"A lecture about {ModeratedSite.Blocked} begins", (string)details["original"]!);
        Assert.Equal(["Say it", ""], details["around"]!.AsArray().Select(static m => (string)m!["text"]!));
        Assert.Equal(1L, await site.Host.SqlAsync($"SELECT count(*) FROM audit_log WHERE action = 'data.read' AND detail LIKE '%{id}%'"));

        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(id, "approve"));
        var answer = (await user.MessagesAsync(conversation))[1];
        Assert.Equal(($"A lecture about {ModeratedSite.Blocked} begins", "stopped", true), ((string)answer["text"]!, (string)answer["status"]!, (bool)answer["canContinue"]!));
        // What its turn told stays as it was told.
        Assert.Equal(["accepted", "moderated", "usage", "failed"], (await user.EventsAsync(turn)).Select(static e => e.Type));
        var next = await user.ContinueAsync(conversation, (Guid)answer["id"]!).JsonAsync(HttpStatusCode.Accepted);
        await site.Engine.AnswerNextAsync(" and ends.");
        Assert.Equal($"A lecture about {ModeratedSite.Blocked} begins and ends.", TurnEventSeen.Assemble(await user.EventsAsync((Guid)next["id"]!)));
    }

    [Fact]
    public async Task Decide_SeveralModeratorsAtOnce_ExactlyOneWins()
    {
        using var user = await site.Host.SignUpAsync();
        var id = await BlockedItemAsync(user);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => DecideAsync(id, i % 2 == 0 ? "approve" : "uphold")));

        Assert.Single(outcomes, static o => o == HttpStatusCode.NoContent);
        Assert.Equal(5, outcomes.Count(static o => o == HttpStatusCode.Conflict));
        Assert.Equal(1L, await site.Host.SqlAsync($"SELECT count(*) FROM audit_log WHERE action IN ('moderation.approved', 'moderation.upheld') AND subject_id = '{id}'"));
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(Guid.NewGuid().ToString(), "uphold"));
    }

    [Fact]
    public async Task Appeal_OnceByItsOwner_ComesToTheQueue()
    {
        using var user = await site.Host.SignUpAsync();
        using var other = await site.Host.SignUpAsync();
        var id = await BlockedItemAsync(user);
        var appeal = new { text = "It is a quotation." };

        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Post, $"/api/me/moderation/{id}/appeal", appeal)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(id, "uphold"));
        Assert.Equal(HttpStatusCode.Accepted, (await user.SendAsync(HttpMethod.Post, $"/api/me/moderation/{id}/appeal", appeal)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await user.SendAsync(HttpMethod.Post, $"/api/me/moderation/{id}/appeal", appeal)).StatusCode);
        var item = await site.ItemAsync(user, "appealed");
        Assert.Equal(("appealed", "It is a quotation."), ((string)item["status"]!, (string)item["appeal"]!["text"]!));
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(id, "approve"));
        Assert.Equal("approved", (string)(await user.GetAsync("/api/me/moderation"))["items"]![0]!["status"]!);
    }

    [Fact]
    public async Task Ban_ByAnItem_KeepsThePersonOutAndEndsWhatTheyHave()
    {
        using var user = await site.Host.SignUpAsync();
        var id = await BlockedItemAsync(user);

        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(id, "ban", new { days = 3, reason = "Again and again." }));

        using var refused = await user.Client.GetAsync("/api/me", Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("t Again and again.", await site.Host.SqlAsync($"SELECT (banned_until BETWEEN now() + interval '2 days' AND now() + interval '4 days')::text::char || ' ' || ban_reason FROM users WHERE email = '{user.Email}'"));
        Assert.Equal(2L, await site.Host.SqlAsync($"SELECT count(*) FROM audit_log WHERE (action = 'moderation.banned' AND subject_id = '{id}') OR (action = 'account.banned' AND subject_id = (SELECT id::text FROM users WHERE email = '{user.Email}'))"));
    }

    [Fact]
    public async Task Ban_OfOneself_DecidesNothing()
    {
        var problem = await site.Admin.PostTurnAsync(await site.Admin.StartConversationAsync(), ModeratedSite.Blocked).JsonAsync(HttpStatusCode.UnprocessableEntity);
        var id = (string)problem["itemId"]!;

        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(id, "ban", new { reason = "Oneself" }));
        Assert.Equal("open", await site.Host.SqlAsync($"SELECT status FROM moderation_log WHERE id = '{id}'"));
    }

    [Fact]
    public async Task Items_AreForModerators_AndInPages()
    {
        using var user = await site.Host.SignUpAsync();
        for (var i = 0; i < 3; i++)
        {
            await BlockedItemAsync(user);
        }

        using var refused = await user.Client.GetAsync("/api/moderation/items", Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = await user.GetAsync($"/api/me/moderation?limit=2&cursor={cursor}");
            ids.AddRange(page["items"]!.AsArray().Select(static i => (string)i!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.Equal(3, ids.Distinct().Count());
        var me = (string)(await user.GetAsync("/api/me"))["id"]!;
        await site.Host.SqlAsync($"DELETE FROM users WHERE id = '{me}'");
        Assert.Equal(0L, await site.Host.SqlAsync($"SELECT count(*) FROM moderation_log WHERE user_id = '{me}'"));
    }

    private static async Task<string> BlockedItemAsync(ApiUser user)
    {
        var problem = await user.PostTurnAsync(await user.StartConversationAsync(), ModeratedSite.Blocked).JsonAsync(HttpStatusCode.UnprocessableEntity);
        return (string)problem["itemId"]!;
    }

    private async Task<HttpStatusCode> DecideAsync(string id, string decision, object? body = null)
    {
        using var response = await site.Admin.SendAsync(HttpMethod.Post, $"/api/moderation/items/{id}/{decision}", body);
        return response.StatusCode;
    }
}
