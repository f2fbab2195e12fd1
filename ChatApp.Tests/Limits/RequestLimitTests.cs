using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using ChatApp.Tests.Turns;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>Requests are limited over all processes of the Api as over one.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class RequestLimitTests(StackFixture stack) : IAsyncLifetime
{
    private const int Limit = 40;

    private ScriptedEngine _engine = null!;
    private ApiHost _one = null!;
    private ApiHost _two = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        (string, string)[] settings =
        [
            ApiHostRows.WithoutWorker, ("Limits:RequestsPerMinute", $"{Limit}"), ("Limits:AnonymousRequestsPerMinute", "12"), ("Limits:RedisTimeout", "00:00:10"),
            ("Limits:Roles:admin:RequestsPerMinute", "100000"),
        ];
        _one = await ApiHost.StartAsync(stack, _engine, settings);
        _two = await ApiHost.StartAsync(stack, _engine, _one.Database, settings);

        // The administrator is the first of all.
        using var admin = await _one.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Requests_TwoHundredAtOnceOnTwoProcesses_ExactlyTheLimitPasses()
    {
        using var user = await _one.SignUpAsync();
        using var elsewhere = Elsewhere(user);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? user.Client : elsewhere).GetAsync("/api/me", Cancelled)));

        Assert.Equal(Limit, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(200 - Limit, answers.Count(static a => a.StatusCode == HttpStatusCode.TooManyRequests));
        var refused = answers.First(static a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var problem = await ApiUser.JsonAsync(refused);
        Assert.Equal("rate_limited", (string)problem["code"]!);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Requests_Limited_SayPolicyAndWhatIsLeft()
    {
        using var user = await _one.SignUpAsync();

        var left = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await user.Client.GetAsync("/api/me", Cancelled);
            Assert.Equal($"\"user\";q={Limit};w=60", Assert.Single(answer.Headers.GetValues("RateLimit-Policy")));
            left.Add(Assert.Single(answer.Headers.GetValues("RateLimit")));
        }

        Assert.All(left, static l => Assert.Matches("^\"user\";r=[0-9]+;t=[0-9]+$", l));
        Assert.Equal([Limit - 1, Limit - 2, Limit - 3], left.Select(static l => int.Parse(l.Split(";r=")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture)));
        var limits = await user.GetAsync("/api/me/limits");
        Assert.Equal(Limit, (int)limits["requestsPerMinute"]!["limit"]!);
        Assert.Equal(Limit - 4, (int)limits["requestsPerMinute"]!["remaining"]!);
        Assert.Null(limits["tokensPerDay"]!["limit"]);
    }

    [Fact]
    public async Task Requests_AnonymousOrWithABadToken_AreLimitedByAddress()
    {
        using var one = new HttpClient { BaseAddress = _one.Address };
        using var two = new HttpClient { BaseAddress = _two.Address };
        ApiUser.FromElsewhere(one);
        two.DefaultRequestHeaders.Add("X-Forwarded-For", one.DefaultRequestHeaders.GetValues("X-Forwarded-For").Single() + "9");
        two.DefaultRequestHeaders.Authorization = new("Bearer", "x.y.z");

        // Another host of the same IPv6 network, without end in itself.
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : two).GetAsync(i % 2 == 0 ? "/api/characters" : "/api/me", Cancelled)));

        Assert.Equal(12, answers.Count(static a => a.StatusCode != HttpStatusCode.TooManyRequests));
        using var another = new HttpClient { BaseAddress = _one.Address };
        ApiUser.FromElsewhere(another);
        Assert.Equal(HttpStatusCode.OK, (await another.GetAsync("/api/characters", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/health", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Requests_Refused_ChangeNothing()
    {
        using var user = await _one.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));
        var before = await _one.FingerprintAsync();

        using var post = await user.PostTurnAsync(conversation, "Hello");
        using var delete = await user.Client.DeleteAsync($"/api/conversations/{conversation}", Cancelled);

        Assert.Equal(HttpStatusCode.TooManyRequests, post.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, delete.StatusCode);
        Assert.Equal(before, await _one.FingerprintAsync());
    }

    [Fact]
    public async Task Requests_RedisFlushed_AreCountedAnewAndExactly()
    {
        using var user = await _one.SignUpAsync();
        await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));
        using var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis);
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));

        Assert.Equal(Limit, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
    }

    private HttpClient Elsewhere(ApiUser user) =>
        new() { BaseAddress = _two.Address, DefaultRequestHeaders = { Authorization = new("Bearer", user.Token) } };
}
