using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using ChatApp.Tests.Turns;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>What every answer says to browsers, whom the service believes, and how much it reads.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class SurfaceTests(StackFixture stack, LimitedHosts hosts) : IClassFixture<LimitedHosts>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/characters", 200)]
    [InlineData("/api/me", 401)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/openapi/v1.json", 200)]
    public async Task Answers_OfAnyKind_AreDataAndNothingElse(string path, int status)
    {
        using var client = hosts.Stranger();

        using var answer = await client.GetAsync(path, Cancelled);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(path.StartsWith("/api", StringComparison.Ordinal), answer.Headers.CacheControl?.NoStore == true);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Answers_ToHttpsBehindAProxy_AskForHttpsFromNowOn()
    {
        using var client = hosts.Stranger();
        client.DefaultRequestHeaders.Host = "chat.example.org";
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var answer = await client.GetAsync("/api/characters", Cancelled);

        Assert.Equal("max-age=31536000; includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task ForwardedFor_WrittenByTheCaller_StandsBeforeWhatTheProxyAddsAndIsNotBelieved()
    {
        using var client = new HttpClient { BaseAddress = hosts.One.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7, 203.0.113.9");
        var email = $"{Guid.NewGuid():N}@example.org";

        using var answer = await client.PostAsJsonAsync("/api/auth/sign-up", new { name = "Ada", email, password = ApiUser.Password }, Cancelled);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(
            "203.0.113.9",
            await hosts.One.SqlAsync($"SELECT address FROM audit_log JOIN users u ON u.id = actor_id WHERE u.email = '{email}' ORDER BY audit_log.id LIMIT 1"));
    }

    [Theory]
    [InlineData("https://app.example.org", true)]
    [InlineData("https://app.example.org.evil.example", false)]
    [InlineData("http://app.example.org", false)]
    [InlineData("null", false)]
    public async Task CrossOrigin_OnlyListedOrigins_MayAskAndRead(string origin, bool allowed)
    {
        using var client = hosts.Stranger();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/conversations");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var plain = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        plain.Headers.Add("Origin", origin);

        using var asked = await client.SendAsync(preflight, Cancelled);
        using var read = await client.SendAsync(plain, Cancelled);

        foreach (var answer in new[] { asked, read })
        {
            Assert.Equal(allowed ? [origin] : [], answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values : []);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example.org")]
    [InlineData("https://app.example.org/")]
    [InlineData("app.example.org")]
    [InlineData("HTTPS://app.example.org")]
    public async Task Start_WithAnOriginThatIsNone_SaysWhatIsWrong(string origin)
    {
        await using var engine = await ScriptedEngine.StartAsync();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            async () => await ApiHost.StartAsync(stack, engine, hosts.One.Database, ("Cors:Origins:0", origin)));

        Assert.Contains($"'Cors:Origins' has '{origin}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_NestedTooDeeply_IsNotRead()
    {
        using var user = await hosts.One.SignUpAsync();
        var nested = $$"""{"characterId":{{new string('[', 100)}}{{new string(']', 100)}}}""";

        using var answer = await user.Client.PostAsync("/api/conversations", new StringContent(nested, Encoding.UTF8, "application/json"), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/auth/sign-in", 33 * 1024)]
    [InlineData("/api/conversations", 257 * 1024)]
    public async Task Body_TooLarge_IsRefused(string path, int bytes)
    {
        using var user = await hosts.One.SignUpAsync();
        var content = new ByteArrayContent(new byte[bytes]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        using var answer = await user.Client.PostAsync(path, content, Cancelled);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("larger", (string)(await ApiUser.JsonAsync(answer))["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9000, 0, 414)]
    [InlineData(0, 17_000, 431)]
    public async Task Head_TooLarge_IsRefused(int query, int header, int status)
    {
        using var client = hosts.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/characters?cursor=" + new string('a', query));
        if (header > 0)
        {
            request.Headers.Add("X-Much", new string('a', header));
        }

        using var answer = await client.SendAsync(request, Cancelled);

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
