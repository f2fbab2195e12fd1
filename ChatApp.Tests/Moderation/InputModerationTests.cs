using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Moderation;

/// <summary>What becomes of what people say and write.</summary>
[Trait("Category", "Integration")]
public sealed class InputModerationTests(ModeratedSite site) : IClassFixture<ModeratedSite>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_BlockedText_ChangesNothingAndSaysWhy()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var before = await site.Host.FingerprintAsync();

        var problem = await user.PostTurnAsync(conversation, $"Tell me {ModeratedSite.Blocked}.").JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(before, await site.Host.FingerprintAsync());
        Assert.Equal(("blocked", "sexual"), ((string)problem["code"]!, (string)problem["category"]!));
        var mine = Assert.Single((await user.GetAsync("/api/me/moderation"))["items"]!.AsArray())!;
        Assert.Equal((string)problem["itemId"]!, (string)mine["id"]!);
        Assert.Equal($"Tell me {ModeratedSite.Blocked}.", (string)mine["excerpt"]!);
        var item = await site.ItemAsync(user);
        Assert.Equal(("message", "high", "block", "rules", "site"), ((string)item["source"]!, (string)item["level"]!, (string)item["action"]!, (string)item["detector"]!, (string)item["policyScope"]!));
    }

    [Fact]
    public async Task Post_BlockedTextToSomebodyElsesConversation_IsNotThere()
    {
        using var user = await site.Host.SignUpAsync();
        var theirs = await site.Admin.StartConversationAsync();

        await user.PostTurnAsync(theirs, ModeratedSite.Blocked).JsonAsync(HttpStatusCode.NotFound);

        Assert.Empty((await user.GetAsync("/api/me/moderation"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Post_CoveredText_IsTakenWithoutIt()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var key = Guid.NewGuid().ToString("N");
        using var posted = await user.PostTurnAsync(conversation, $"It is {ModeratedSite.Covered}, you know.", key);
        var call = await site.Engine.AnswerNextAsync("Yes.");
        using var again = await user.PostTurnAsync(conversation, $"It is {ModeratedSite.Covered}, you know.", key);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (posted.StatusCode, again.StatusCode));
        Assert.Contains($"It is {Redaction.Cover}, you know.", call.Prompt[^1], StringComparison.Ordinal);
        await user.EventsAsync((Guid)(await ApiUser.JsonAsync(again))["id"]!);
        Assert.Equal($"It is {Redaction.Cover}, you know.", (await user.TextsAsync(conversation)).First());
        Assert.Equal("redact", (string)(await site.ItemAsync(user))["action"]!);

        // A moderator says that it was all right: it is as it was said.
        var item = (string)(await site.ItemAsync(user))["id"]!;
        using var approved = await site.Admin.SendAsync(HttpMethod.Post, $"/api/moderation/items/{item}/approve", null);
        Assert.Equal(HttpStatusCode.NoContent, approved.StatusCode);
        Assert.Equal($"It is {ModeratedSite.Covered}, you know.", (await user.TextsAsync(conversation)).First());
    }

    [Fact]
    public async Task Message_BlockedByTheSlowDetector_IsInNoPromptMemoryTitleOrBranch()
    {
        await site.ChangeAsync(detectors: new { rules = true, classifier = true, outside = false });
        try
        {
            using var user = await site.Host.SignUpAsync();
            var conversation = await user.StartConversationAsync();
            var said = $"Remember that I want {ModeratedSite.Subtle}.";
            var key = Guid.NewGuid().ToString("N");
            var turn = await user.PostTurnAsync(conversation, said, key).JsonAsync(HttpStatusCode.Accepted);
            var events = await user.EventsAsync((Guid)turn["id"]!);

            Assert.Equal(["accepted", "moderated", "failed"], events.Select(static e => e.Type));
            Assert.Equal("illegal", (string)events[1].Data["category"]!);
            Assert.Equal((string)turn["id"]!, (string)(await user.PostTurnAsync(conversation, said, key).JsonAsync(HttpStatusCode.Accepted))["id"]!);
            var messages = await user.MessagesAsync(conversation);
            Assert.Equal(("blocked", said, "blocked"), ((string)messages[0]["status"]!, (string)messages[0]["text"]!, (string)messages[0]["error"]!["code"]!));
            Assert.Equal("", (string)(await user.GetAsync($"/api/conversations/{conversation}"))["title"]!);
            await user.RegenerateAsync(conversation, (Guid)messages[1]["id"]!).JsonAsync(HttpStatusCode.Conflict);
            await user.ContinueAsync(conversation, (Guid)messages[1]["id"]!).JsonAsync(HttpStatusCode.Conflict);
            var branch = await user.BranchAsync(conversation, (Guid)messages[1]["id"]!).JsonAsync(HttpStatusCode.Created);
            Assert.Equal(["", ""], await user.TextsAsync((Guid)branch["id"]!));

            // In other words beside it, and after it.
            await user.EditAsync(conversation, (Guid)messages[0]["id"]!, "Something else").JsonAsync(HttpStatusCode.Accepted);
            var call = await site.Engine.AnswerNextAsync("Fine.");
            Assert.DoesNotContain(call.Prompt, static l => l.Contains(ModeratedSite.Subtle, StringComparison.Ordinal));
            using var shown = await user.ShowAsync(conversation, (Guid)messages[0]["id"]!);
            await Ended(user, conversation);
            await user.SayAsync(conversation, "And now?");
            call = await site.Engine.AnswerNextAsync("Fine too.");
            Assert.DoesNotContain(call.Prompt, static l => l.Contains(ModeratedSite.Subtle, StringComparison.Ordinal));
            await Ended(user, conversation);
            Assert.DoesNotContain(ModeratedSite.Subtle, (await user.GetAsync($"/api/characters/{ApiUser.Mira}/memories")).ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(0L, await site.Host.SqlAsync($"SELECT count(*) FROM messages WHERE text LIKE '%{ModeratedSite.Subtle}%'"));

            // A moderator says that it was all right: it can be answered.
            var item = await site.ItemAsync(user);
            await site.Admin.SendAsync(HttpMethod.Post, $"/api/moderation/items/{(string)item["id"]!}/approve", null);
            Assert.Equal(("complete", said), await StatusAsync((Guid)messages[0]["id"]!));
            await user.RegenerateAsync(conversation, (Guid)messages[1]["id"]!).JsonAsync(HttpStatusCode.Accepted);
            call = await site.Engine.AnswerNextAsync("At last.");
            Assert.Contains(ModeratedSite.Subtle, call.Prompt[^1], StringComparison.Ordinal);
        }
        finally
        {
            await site.ChangeAsync(detectors: new { rules = true, classifier = false, outside = false });
        }
    }

    [Fact]
    public async Task Post_ApprovedOnce_IsNotBlockedAgain()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var said = $"About {ModeratedSite.Blocked}, in a lecture.";
        var problem = await user.PostTurnAsync(conversation, said).JsonAsync(HttpStatusCode.UnprocessableEntity);
        using var approved = await site.Admin.SendAsync(HttpMethod.Post, $"/api/moderation/items/{(string)problem["itemId"]!}/approve", new { reason = "A lecture." });

        await user.SayAsync(conversation, said);
        await site.Engine.AnswerNextAsync("Yes.");
        using var other = await site.Host.SignUpAsync();
        await other.PostTurnAsync(await other.StartConversationAsync(), said).JsonAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Message_OfSomebodyInDanger_IsAnsweredWithANotice()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, $"I feel {ModeratedSite.Despair}.");
        await site.Engine.AnswerNextAsync("I am here.");
        var events = await user.EventsAsync(turn);

        Assert.Equal(["accepted", "recalled", "delta", "usage", "completed"], events.Select(static e => e.Type));
        Assert.Contains("findahelpline.com", (string)events[1].Data["notice"]!, StringComparison.Ordinal);
        Assert.Contains("findahelpline.com", (string)(await user.MessagesAsync(conversation))[1]["notice"]!, StringComparison.Ordinal);
        Assert.Equal(("flag", "selfHarm"), ((string)(await site.ItemAsync(user))["action"]!, (string)(await site.ItemAsync(user))["category"]!));
    }

    [Fact]
    public async Task Message_SlowDetectorAwayAndNothingMayPass_IsTriedAgain()
    {
        await site.ChangeAsync(detectors: new { rules = true, classifier = true, outside = false }, whenUnavailable: "block");
        try
        {
            using var user = await site.Host.SignUpAsync();
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            site.Slow.IsAway = true;
            site.Slow.Waits = () =>
            {
                asked.TrySetResult();
                return Task.CompletedTask;
            };
            var turn = await user.SayAsync(await user.StartConversationAsync(), "Hello");
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
            Assert.False(site.Engine.HasCall);
            site.Slow.IsAway = false;
            await site.Engine.AnswerNextAsync("Hello to you.");

            Assert.Equal("completed", (await user.EventsAsync(turn))[^1].Type);
        }
        finally
        {
            (site.Slow.IsAway, site.Slow.Waits) = (false, null);
            await site.ChangeAsync(detectors: new { rules = true, classifier = false, outside = false }, whenUnavailable: "allowAndFlag");
        }
    }

    [Fact]
    public async Task Written_NamesTitlesNotesAndFiles_AreRefused()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var memories = $"/api/characters/{ApiUser.Mira}/memories";

        var title = await user.SendAsync(HttpMethod.Patch, $"/api/conversations/{conversation}", new { title = ModeratedSite.Covered }).JsonAsync(HttpStatusCode.UnprocessableEntity);
        await user.SendAsync(HttpMethod.Post, memories, new { text = $"Mind {ModeratedSite.Blocked}." }).JsonAsync(HttpStatusCode.UnprocessableEntity);
        var note = await user.SendAsync(HttpMethod.Post, memories, new { text = "I like tea." }).JsonAsync(HttpStatusCode.Created);
        await user.SendAsync(HttpMethod.Patch, $"{memories}/{(string)note["id"]!}", new { text = ModeratedSite.Blocked }).JsonAsync(HttpStatusCode.UnprocessableEntity);
        using var form = new MultipartFormDataContent { { new StringContent("harmless"), "file", $"{ModeratedSite.Blocked}.txt" } };
        using var upload = await user.Client.PostAsync($"/api/conversations/{conversation}/documents", form, Cancelled);

        await user.SendAsync(HttpMethod.Patch, "/api/me", new { name = ModeratedSite.Blocked }).JsonAsync(HttpStatusCode.UnprocessableEntity);
        await user.SendAsync(HttpMethod.Post, "/api/auth/sign-up", new { name = ModeratedSite.Blocked, email = $"{Guid.NewGuid():N}@example.org", password = ApiUser.Password })
            .JsonAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, upload.StatusCode);
        Assert.Equal("Ada", (string)(await user.GetAsync("/api/me"))["name"]!);
        Assert.Equal("blocked", (string)title["code"]!);
        Assert.Equal("", (string)(await user.GetAsync($"/api/conversations/{conversation}"))["title"]!);
        Assert.Equal(["document", "memory", "memory", "name", "name"], (await user.GetAsync("/api/me/moderation"))["items"]!.AsArray().Select(static i => (string)i!["source"]!).Order(StringComparer.Ordinal));
    }

    private static async Task Ended(ApiUser user, Guid conversation)
    {
        while ((await user.GetAsync($"/api/conversations/{conversation}"))["activeTurn"] is not null)
        {
            await Task.Delay(20, Cancelled);
        }
    }

    private async Task<(string Status, string Text)> StatusAsync(Guid message)
    {
        var row = (string)(await site.Host.SqlAsync($"SELECT json_build_array(status, text)::text FROM messages WHERE id = '{message}'"))!;
        var parts = JsonNode.Parse(row)!.AsArray();
        return ((string)parts[0]!, (string)parts[1]!);
    }
}
