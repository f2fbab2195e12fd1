using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Turns;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>Requests are limited over all processes of the Api as over one.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class RequestLimitTests(LimitedHosts hosts) : IClassFixture<LimitedHosts>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_TwoHundredAtOnceOnTwoProcesses_ExactlyTheLimitPasses()
    {
        var (user, elsewhere) = await hosts.SignUpAsync(requestsPerMinute: 40);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? user.Client : elsewhere).GetAsync("/api/me", Cancelled)));

        // Who they are was asked once, before they were given a limit.
        Assert.Equal(39, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(161, answers.Count(static a => a.StatusCode == HttpStatusCode.TooManyRequests));
        var refused = answers.First(static a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var problem = await ApiUser.JsonAsync(refused);
        Assert.Equal("rate_limited", (string)problem["code"]!);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Contains("RateLimit", refused.Headers.Select(static h => h.Key));
    }

    [Fact]
    public async Task Requests_Limited_SayPolicyAndWhatIsLeft()
    {
        var (user, _) = await hosts.SignUpAsync(requestsPerMinute: 50);

        var left = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await user.Client.GetAsync("/api/me", Cancelled);
            Assert.Equal("\"user\";q=50;w=60", Assert.Single(answer.Headers.GetValues("RateLimit-Policy")));
            left.Add(Assert.Single(answer.Headers.GetValues("RateLimit")));
        }

        Assert.All(left, static l => Assert.Matches("^\"user\";r=[0-9]+;t=[0-9]+$", l));
        Assert.Equal([48, 47, 46], left.Select(static l => int.Parse(l.Split(";r=")[1].Split(';')[0], CultureInfo.InvariantCulture)));
        var limits = await user.GetAsync("/api/me/limits");
        Assert.Equal(50, (int)limits["requestsPerMinute"]!["limit"]!);
        Assert.Equal(45, (int)limits["requestsPerMinute"]!["remaining"]!);
        Assert.Null(limits["tokensPerDay"]!["limit"]);
    }

    [Fact]
    public async Task Requests_OfSeveralInARole_AreCountedTogetherToo()
    {
        var creators = new List<ApiUser>();
        foreach (var (user, _) in new[] { await hosts.SignUpAsync(), await hosts.SignUpAsync() })
        {
            await hosts.One.SqlAsync($"UPDATE users SET role = 'creator' WHERE email = '{user.Email}'");
            using var answer = await user.Client.PostAsJsonAsync("/api/auth/sign-in", new { email = user.Email, password = ApiUser.Password }, Cancelled);
            user.Client.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await ApiUser.JsonAsync(answer))["accessToken"]!);
            creators.Add(user);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => creators[i % 2].Client.GetAsync("/api/me", Cancelled)));

        Assert.Equal(25, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
        Assert.Contains("\"role\";q=25;w=60", answers[0].Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_AnonymousOrWithABadToken_AreLimitedByAddress()
    {
        using var one = hosts.Stranger();
        using var two = hosts.Stranger(there: true);
        var address = one.DefaultRequestHeaders.GetValues("X-Forwarded-For").Single();
        two.DefaultRequestHeaders.Remove("X-Forwarded-For");
        // Another host of the same IPv6 network, which has hosts without end.
        two.DefaultRequestHeaders.Add("X-Forwarded-For", address[..(address.LastIndexOf(':') + 1)] + "abcd:1");
        two.DefaultRequestHeaders.Authorization = new("Bearer", "x.y.z");

        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => (i % 2 == 0 ? one : two).GetAsync(i % 2 == 0 ? "/api/characters" : "/api/me", Cancelled)));

        Assert.Equal(100, answers.Count(static a => a.StatusCode != HttpStatusCode.TooManyRequests));
        using var another = hosts.Stranger();
        Assert.Equal(HttpStatusCode.OK, (await another.GetAsync("/api/characters", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/health", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Requests_Refused_ChangeNothing()
    {
        var (user, _) = await hosts.SignUpAsync(requestsPerMinute: 10);
        var conversation = await user.StartConversationAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));
        var before = await hosts.One.FingerprintAsync();

        using var post = await user.PostTurnAsync(conversation, "Hello");
        using var delete = await user.Client.DeleteAsync($"/api/conversations/{conversation}", Cancelled);

        Assert.Equal(HttpStatusCode.TooManyRequests, post.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, delete.StatusCode);
        Assert.Equal(before, await hosts.One.FingerprintAsync());
    }

    [Fact]
    public async Task Requests_RedisFlushed_AreCountedAnewAndExactly()
    {
        var (user, _) = await hosts.SignUpAsync(requestsPerMinute: 30);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));
        await hosts.FlushAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));

        Assert.Equal(30, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
    }

    [Fact]
    public async Task PersonLimits_SetAndTakenBack_GoForThePersonAndAreAudited()
    {
        var (user, _) = await hosts.SignUpAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;
        var path = $"/api/admin/people/{id}/limits";

        Assert.Equal(HttpStatusCode.Forbidden, (await user.Client.GetAsync(path, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await hosts.Admin.Client.GetAsync($"/api/admin/people/{Guid.NewGuid()}/limits", Cancelled)).StatusCode);
        await hosts.Admin.SendAsync(HttpMethod.Put, path, new { requestsPerMinute = -1 }).JsonAsync(HttpStatusCode.BadRequest);
        var set = await hosts.Admin.SendAsync(HttpMethod.Put, path, new { requestsPerMinute = 7, tokensPerDay = 0 }).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(7, (int)set["effective"]!["requestsPerMinute"]!);
        Assert.Null(set["effective"]!["tokensPerDay"]!["limit"]);
        Assert.Equal(7, (int)(await user.GetAsync("/api/me/limits"))["requestsPerMinute"]!["limit"]!);

        using var removed = await hosts.Admin.Client.DeleteAsync(path, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(100_000, (int)(await user.GetAsync("/api/me/limits"))["requestsPerMinute"]!["limit"]!);
        Assert.Equal(
            "limits.changed limits.removed", await hosts.One.SqlAsync($"SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE subject_id = '{id}' AND action LIKE 'limits.%'"));
    }
}
