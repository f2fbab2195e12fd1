using System.Net;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Moderation;

/// <summary>Policies, in versions of which none is ever lost.</summary>
[Trait("Category", "Integration")]
public sealed class PolicyTests(ModeratedSite site) : IClassFixture<ModeratedSite>
{
    private const string Root = "/api/admin/moderation/policies";

    private static readonly object High = new { low = "allow", medium = "allow", high = "block" };
    private static readonly object None = new { low = "allow", medium = "allow", high = "allow" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_ManyAtOnce_OneWinsAndEveryVersionStays()
    {
        var version = (int)(await site.Admin.GetAsync($"{Root}/site"))["version"]!;
        var body = new { rules = new { sexual = High, hate = High, violence = None, selfHarm = None, illegal = High } };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{Root}/site") { Content = System.Net.Http.Json.JsonContent.Create(body) };
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
            using var response = await site.Admin.Client.SendAsync(request, Cancelled);
            return response.StatusCode;
        }));

        Assert.Single(outcomes, static o => o == HttpStatusCode.OK);
        Assert.Equal(7, outcomes.Count(static o => o == HttpStatusCode.PreconditionFailed));
        var versions = (await site.Admin.GetAsync($"{Root}/site/versions?limit=100"))["items"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, version + 1).Reverse(), versions.Select(static v => (int)v!["version"]!));
        Assert.Equal(1L, await site.Host.SqlAsync($"SELECT count(*) FROM audit_log WHERE action = 'policy.changed' AND subject_id = 'site' AND detail LIKE '%\"version\":\"{version + 1}\"%'"));
    }

    [Fact]
    public async Task Put_WhatAPolicyMayNotSay_IsRefused()
    {
        await site.PutAsync("site", null, new { rules = new { sexual = High, hate = High, violence = None, selfHarm = None, illegal = High } }, HttpStatusCode.PreconditionFailed);
        await site.PutAsync("site", 1, new { rules = new { sexual = High } }, HttpStatusCode.BadRequest);
        await site.PutAsync("role:user", 0, new { rules = new { minors = None } }, HttpStatusCode.BadRequest);
        await site.PutAsync("role:user", 0, new { rules = new { }, overridable = new[] { "sexual" } }, HttpStatusCode.BadRequest);
        await site.PutAsync("role:user", 0, new { rules = new { }, version = 7 }, HttpStatusCode.BadRequest);
        await site.PutAsync("role:somebody", 0, new { rules = new { } }, HttpStatusCode.NotFound);
        await site.PutAsync($"character:{Guid.NewGuid()}", 0, new { rules = new { } }, HttpStatusCode.NotFound);
        await site.PutAsync("role:user", 0, new { rules = new { sexual = new { high = "ignore" } } }, HttpStatusCode.BadRequest);
        using var user = await site.Host.SignUpAsync();
        using var refused = await user.Client.GetAsync(Root, Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var removed = await site.Admin.Client.DeleteAsync($"{Root}/site", Cancelled);
        Assert.Equal(HttpStatusCode.Conflict, removed.StatusCode);
    }

    [Fact]
    public async Task Put_OfACharacter_IsStricterAtOnceAndLooserOnlyWhereItMayBe()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var scope = $"character:{ApiUser.Mira}";

        // Stricter.
        await site.PutAsync(scope, 0, new { rules = new { sexual = new { medium = "block" } } }, HttpStatusCode.OK);
        var problem = await user.PostTurnAsync(conversation, ModeratedSite.Flagged).JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(scope, (string)(await site.ItemAsync(user))["policyScope"]!);

        // Looser, but the site does not let it.
        await site.PutAsync(scope, 1, new { rules = new { sexual = None } }, HttpStatusCode.OK);
        await user.PostTurnAsync(conversation, ModeratedSite.Blocked).JsonAsync(HttpStatusCode.UnprocessableEntity);

        // The site does.
        await site.ChangeAsync(overridable: ["sexual"]);
        await user.SayAsync(conversation, ModeratedSite.Blocked);
        await site.Engine.AnswerNextAsync($"Yes, {ModeratedSite.Blocked}.");
        await site.ChangeAsync(overridable: []);

        using var removed = await site.Admin.Client.DeleteAsync($"{Root}/{scope}", Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await site.Admin.Client.GetAsync($"{Root}/{scope}", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.True((bool)(await site.Admin.GetAsync($"{Root}/{scope}/versions"))["items"]![0]!["isRemoved"]!);
        // Begun again, after what was removed.
        Assert.Equal(4, await site.PutAsync(scope, 0, new { rules = new { } }, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Put_InOneProcess_IsFollowedByTheOthers()
    {
        await using var other = await site.AnotherHostAsync(settings: ("ChatApp:Role", "api"));
        using var client = new HttpClient { BaseAddress = other.Address };
        using var user = await ApiUser.SignUpAsync(client);
        var memories = $"/api/characters/{ApiUser.Mira}/memories";
        await user.SendAsync(HttpMethod.Post, memories, new { text = ModeratedSite.Flagged }).JsonAsync(HttpStatusCode.Created);
        await site.ChangeAsync(static rules => rules["sexual"]!["medium"] = "block");
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            while (true)
            {
                using var response = await user.SendAsync(HttpMethod.Post, memories, new { text = ModeratedSite.Flagged });
                if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
                {
                    break;
                }

                Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(5));
                await Task.Delay(50, Cancelled);
            }
        }
        finally
        {
            await site.ChangeAsync(static rules => rules["sexual"]!["medium"] = "flag");
        }
    }
}
