using System.Net;
using System.Net.Http.Json;
using ChatApp.Faults.Network;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>Without Redis a process limits by itself: less than together, but nobody is let in freely and nothing breaks.</summary>
[Trait("Category", "Integration")]
public sealed class LimitsWithoutRedisTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_RedisNeverThere_AreLimitedToAPart()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(
            stack, engine, ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200"), ("Limits:RequestsPerMinute", "20"), ("Limits:FractionWithoutRedis", "0.5"));
        using var user = await host.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));

        Assert.Equal(10, answers.Count(static a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(50, answers.Count(static a => a.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task SignIn_RedisNeverThere_LocksAnAccountAllTheSame()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(
            stack, engine, ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200"), ("Limits:Attempts:FirstPause", "00:00:00"));
        using var user = await host.SignUpAsync();

        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            using var client = new HttpClient { BaseAddress = host.Address };
            ApiUser.FromElsewhere(client);
            using var answer = await client.PostAsJsonAsync("/api/auth/sign-in", new { email = user.Email, password = "wrong password" }, Cancelled);
            statuses.Add((int)answer.StatusCode);
        }

        // Half of ten, as each process has half.
        Assert.Equal([401, 401, 401, 401, 401, 429, 429, 429], statuses);
    }

    [Fact]
    public async Task Requests_RedisSilentForAWhile_GoOnAndAreCountedTogetherAgain()
    {
        var redis = ConfigurationOptions.Parse(stack.Redis);
        await using var cable = new FaultyProxy(((DnsEndPoint)redis.EndPoints[0]).Port);
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(
            stack,
            engine,
            ("ConnectionStrings:redis", $"127.0.0.1:{cable.Port},password={redis.Password}"),
            ("Limits:RequestsPerMinute", "60"),
            ("Limits:RedisTimeout", "00:00:00.300"));
        using var user = await host.SignUpAsync();
        await AskAsync(user, 5);

        cable.PullCable();
        // The first one finds out; while Redis rests, the others do not even ask it.
        await AskAsync(user, 1);
        var meanwhile = await AskAsync(user, 79);
        Assert.Equal(29, meanwhile.Count(static s => s == HttpStatusCode.OK));
        Assert.Equal(50, meanwhile.Count(static s => s == HttpStatusCode.TooManyRequests));

        cable.PutBackCable();
        // What came while Redis was silent may be counted there afterwards: once it is together again, no more than the limit passes.
        string policy;
        do
        {
            await Task.Delay(200, Cancelled);
            using var answer = await user.Client.GetAsync("/api/me", Cancelled);
            policy = Assert.Single(answer.Headers.GetValues("RateLimit-Policy"));
        }
        while (policy != "\"user\";q=60;w=60");
        Assert.InRange((await AskAsync(user, 80)).Count(static s => s == HttpStatusCode.OK), 1, 60);
    }

    private static async Task<List<HttpStatusCode>> AskAsync(ApiUser user, int count)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => user.Client.GetAsync("/api/me", Cancelled)));
        return [.. answers.Select(static a => a.StatusCode)];
    }
}
