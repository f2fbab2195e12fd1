using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference;

public sealed class GatewayAccessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong-key-of-some-length")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a-gateway-key-for-test")]
    [InlineData("Basic a-gateway-key-for-tests")]
    [InlineData("a-gateway-key-for-tests")]
    public async Task Post_WithoutTheKey_Is401InOpenAIsShapeAndReachesNoEngine(string? authorization)
    {
        var reached = false;
        await using var engine = await LoopbackServer.StartAsync(_ =>
        {
            reached = true;
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
        {
            gateway.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("invalid_api_key", error.GetProperty("code").GetString());
        Assert.Equal("authentication_error", error.GetProperty("type").GetString());
        Assert.Equal(32, error.GetProperty("trace_id").GetString()!.Length);
        Assert.False(reached);
    }

    [Theory]
    [InlineData("GET", "/slots")]
    [InlineData("POST", "/completion")]
    [InlineData("GET", "/metrics")]
    [InlineData("POST", "/api/pull")]
    [InlineData("POST", "/v1/responses")]
    [InlineData("POST", "/v1/chat/completions/input_tokens")]
    [InlineData("POST", "/v1/%2e%2e/slots")]
    [InlineData("GET", "/")]
    public async Task Send_PathThatIsNotOffered_Is404WithTheKeyAnd401WithoutAndReachesNoEngine(string method, string path)
    {
        var reached = false;
        await using var engine = await LoopbackServer.StartAsync(_ =>
        {
            reached = true;
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var known = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        using var stranger = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, known.StatusCode);
        var error = (await known.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("not_found", error.GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.False(reached);
    }

    [Fact]
    public async Task Get_ChatCompletions_Is405()
    {
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.DeadAddress());

        using var response = await gateway.Client.GetAsync("/v1/chat/completions", Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/completions")]
    [InlineData("/v1/embeddings")]
    public async Task Post_OfferedPath_ReachesTheEngineThere(string path)
    {
        string? seen = null;
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            seen = context.Request.Method + " " + context.Request.Path;
            return EngineAnswer.WriteAsync(context);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.Client.PostAsync(path, GatewayHost.ChatBody(), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("POST " + path, seen);
    }

    [Fact]
    public async Task Post_HeadersOfTheCaller_StayHereAndTheEngineGetsItsOwnKey()
    {
        var seen = new ConcurrentDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            foreach (var (name, value) in context.Request.Headers)
            {
                seen[name] = value.ToString();
            }

            context.Response.Headers["Server"] = "engine/1.0";
            context.Response.Headers["Set-Cookie"] = "a=b";
            context.Response.Headers["Access-Control-Allow-Origin"] = "*";
            return EngineAnswer.WriteAsync(context);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = GatewayHost.ChatBody() };
        request.Headers.Add("Cookie", "session=secret");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-User-Id", "42");
        request.Headers.Connection.Add("X-User-Id");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));

        using var response = await gateway.Client.SendAsync(request, Cancellation);

        Assert.Equal("Bearer " + GatewayHost.EngineKey, seen["Authorization"]);
        Assert.DoesNotContain(seen.Keys, name => name.StartsWith("X-", StringComparison.OrdinalIgnoreCase) || name is "Cookie");
        Assert.DoesNotContain(seen.Values, value => value.Contains(GatewayHost.Key, StringComparison.Ordinal));
        Assert.Equal("text/event-stream", seen["Accept"]);
        Assert.StartsWith("application/json", seen["Content-Type"], StringComparison.Ordinal);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", seen["traceparent"]);
        Assert.DoesNotContain(response.Headers, header => header.Key is "Server" or "Set-Cookie" or "Access-Control-Allow-Origin");
    }

    [Fact]
    public async Task Post_EngineWithoutKey_GetsNoAuthorization()
    {
        var authorization = "not called";
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            authorization = context.Request.Headers.Authorization.ToString();
            return EngineAnswer.WriteAsync(context);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Engines:0:Key", ""));

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(string.Empty, authorization);
    }

    [Fact]
    public async Task Post_TraceContextOfTheCaller_IsContinuedAtTheEngine()
    {
        var seen = string.Empty;
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            seen = context.Request.Headers.TraceParent.ToString();
            return EngineAnswer.WriteAsync(context);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = GatewayHost.ChatBody() };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await gateway.Client.SendAsync(request, Cancellation);

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyAboveTheLimit_Is413()
    {
        await using var engine = await LoopbackServer.StartAsync(async context =>
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Gateway:MaxRequestBodyBytes", "2048"));

        using var response = await gateway.Client.PostAsync("/v1/chat/completions", new ByteArrayContent(new byte[4096]), Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("request_too_large", error.GetProperty("code").GetString());
        Assert.Contains("2048", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AboveTheConcurrencyLimit_Is429WithRetryAfter()
    {
        var hold = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            reached.SetResult();
            await hold.Task;
            await EngineAnswer.WriteAsync(context);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Gateway:MaxConcurrentRequests", "1"));

        var first = gateway.ChatAsync(Cancellation);
        await reached.Task.WaitAsync(Cancellation);
        using var second = await gateway.ChatAsync(Cancellation);
        hold.SetResult();
        using var answered = await first;

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }
}
