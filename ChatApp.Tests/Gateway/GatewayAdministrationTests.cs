using System.Net;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Inference;
using ChatApp.Tests.Stack;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Gateway;

/// <summary>The Api's endpoints under /api/admin that the gateway answers.</summary>
[Trait("Category", "Integration")]
public sealed class GatewayAdministrationTests(StackFixture stack) : IAsyncLifetime
{
    private const string Engine = """
        {"name":"gpu-1","kind":"Ollama","address":"http://127.0.0.1:11434","source":"stored","hasKey":false,"slots":4,"condition":"ready","message":"ready","inFlight":2,"queued":1,"tokensInFlight":900,"managesModels":true}
        """;

    private const string Pull = """
        {"id":"p1","engine":"gpu-1","model":"llama3.2:3b","status":"pulling","detail":"pulling manifest","completed":10,"total":100,"startedAt":"2026-11-21T10:00:00Z"}
        """;

    private FakeGateway _gateway = null!;
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _admin = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await FakeGateway.StartAsync();
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, [ApiHostRows.WithoutWorker, .. _gateway.Settings]);
        _admin = await _host.SignUpAsync(); // the first account of all
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "engines")]
    [InlineData("PUT", "engines/a")]
    [InlineData("DELETE", "engines/a")]
    [InlineData("GET", "engines/a/local-models")]
    [InlineData("DELETE", "engines/a/local-model?name=m")]
    [InlineData("POST", "engines/a/pulls")]
    [InlineData("GET", "models")]
    [InlineData("PUT", "model?name=m")]
    [InlineData("GET", "pulls")]
    [InlineData("GET", "pulls/p1/events")]
    [InlineData("GET", "usage")]
    [InlineData("PUT", "budgets/a")]
    public async Task Anything_AskedByOthers_NeverReachesTheGateway(string method, string path)
    {
        using var somebody = await _host.SignUpAsync();
        using var nobody = new HttpClient { BaseAddress = _host.Address };

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (await AskAsync(somebody.Client), await AskAsync(nobody)));
        Assert.Empty(_gateway.Requests);

        async Task<HttpStatusCode> AskAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/admin/{path}") { Content = method == "GET" ? null : JsonContent.Create(new { kind = "Ollama", address = "http://a", model = "m" }) };
            using var response = await client.SendAsync(request, Cancelled);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Engines_Asked_AreTheGateways()
    {
        _gateway.Answer("GET /admin/engines", $$"""{"items":[{{Engine}}]}""");

        var engine = Assert.Single((await _admin.GetAsync("/api/admin/engines"))["items"]!.AsArray())!;

        Assert.Equal(("gpu-1", "ready", 2, 900, true), ((string)engine["name"]!, (string)engine["condition"]!, (int)engine["inFlight"]!, (int)engine["tokensInFlight"]!, (bool)engine["managesModels"]!));
    }

    [Fact]
    public async Task Engine_Put_IsSentWithoutWhatWasNotSaid()
    {
        _gateway.Answer("PUT /admin/engines/gpu-1", Engine);

        using var response = await _admin.Client.PutAsJsonAsync("/api/admin/engines/gpu-1", new { kind = "Ollama", address = "http://127.0.0.1:11434", concurrency = 4 }, Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""PUT /admin/engines/gpu-1 {"kind":"Ollama","address":"http://127.0.0.1:11434","concurrency":4}""", Assert.Single(_gateway.Requests));
    }

    [Fact]
    public async Task Engine_PutWithoutAnAddress_IsRefusedHere()
    {
        using var response = await _admin.Client.PutAsJsonAsync("/api/admin/engines/gpu-1", new { kind = "Ollama" }, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(_gateway.Requests);
    }

    [Fact]
    public async Task Model_WithColonAndSlash_ArrivesByItsName()
    {
        const string json = """{"name":"org/llama3.2:3b","source":"stored","cache":false,"targets":[{"engine":"gpu-1","model":"llama3.2:3b","priority":0,"inputPrice":0.25,"capabilities":["chat","tools"]}]}""";
        _gateway.Answer("PUT /admin/model?name=org%2Fllama3.2%3A3b", json);
        _gateway.Answer("DELETE /admin/model?name=org%2Fllama3.2%3A3b", "", 204);

        using var put = await _admin.Client.PutAsJsonAsync(
            "/api/admin/model?name=org%2Fllama3.2%3A3b", new { targets = new[] { new { engine = "gpu-1", model = "llama3.2:3b", inputPrice = 0.25, capabilities = new[] { "chat", "tools" } } } }, Cancelled);
        using var deleted = await _admin.Client.DeleteAsync("/api/admin/model?name=org%2Fllama3.2%3A3b", Cancelled);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (put.StatusCode, deleted.StatusCode));
        Assert.Equal(0.25, (double)(await ApiUser.JsonAsync(put))["targets"]![0]!["inputPrice"]!);
        Assert.Equal(
            """PUT /admin/model?name=org%2Fllama3.2%3A3b {"cache":false,"targets":[{"engine":"gpu-1","model":"llama3.2:3b","priority":0,"inputPrice":0.25,"capabilities":["chat","tools"]}]}""",
            _gateway.Requests.First());
    }

    [Fact]
    public async Task Pull_Started_IsFollowedEventByEvent()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Answer("POST /admin/engines/gpu-1/pulls", Pull, 202);
        _gateway.Answer("GET /admin/pulls/p1/events", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"event: progress\ndata: {Pull.Trim()}\n\n");
            await context.Response.Body.FlushAsync();
            await goOn.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await context.Response.WriteAsync("event: progress\ndata: {\"status\":\"succeeded\"}\n\n");
        });

        using var started = await _admin.Client.PostAsJsonAsync("/api/admin/engines/gpu-1/pulls", new { model = "llama3.2:3b" }, Cancelled);
        using var response = await _admin.Client.GetAsync("/api/admin/pulls/p1/events", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(Cancelled));

        Assert.Equal((HttpStatusCode.Accepted, "/api/admin/pulls/p1"), (started.StatusCode, started.Headers.Location!.ToString()));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("event: progress", await events.ReadLineAsync(Cancelled));
        Assert.Contains("\"pulling\"", await events.ReadLineAsync(Cancelled), StringComparison.Ordinal);
        goOn.SetResult();
        Assert.Contains("succeeded", await events.ReadToEndAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_ByCaller_NamesTheAccounts()
    {
        var id = (string)(await _admin.GetAsync("/api/me"))["id"]!;
        _gateway.Answer("GET /admin/usage?from=2026-11-01&to=2026-11-21&by=caller", $$"""
            {"items":[{"caller":"{{id}}","requests":3,"failed":0,"cached":1,"inputTokens":10,"cachedInputTokens":4,"outputTokens":5,"cost":0.125,"currency":"USD"},
                      {"caller":"background-facts","requests":1,"failed":0,"cached":0,"inputTokens":1,"cachedInputTokens":0,"outputTokens":1,"cost":0,"currency":"USD"}]}
            """);

        var rows = (await _admin.GetAsync("/api/admin/usage?from=2026-11-01&to=2026-11-21&by=caller"))["items"]!.AsArray();
        using var wrong = await _admin.Client.GetAsync("/api/admin/usage?by=colour", Cancelled);

        Assert.Equal(["Ada", null], rows.Select(static row => (string?)row!["callerName"]));
        Assert.Equal(0.125m, (decimal)rows[0]!["cost"]!);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Budget_SetAndTakenAway_IsTheGateways()
    {
        _gateway.Answer("PUT /admin/budgets/background-facts", """{"caller":"background-facts","tokensPerDay":5000,"usedTokens":10,"usedCost":0,"resetsAt":"2026-11-22T00:00:00Z","source":"stored"}""");
        _gateway.Answer("DELETE /admin/budgets/background-facts", "", 204);

        using var put = await _admin.Client.PutAsJsonAsync("/api/admin/budgets/background-facts", new { tokensPerDay = 5000 }, Cancelled);
        using var deleted = await _admin.Client.DeleteAsync("/api/admin/budgets/background-facts", Cancelled);

        Assert.Equal(5000, (long)(await ApiUser.JsonAsync(put))["tokensPerDay"]!);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task Refusal_OfTheGateway_IsAProblemWithItsCodeAndWords()
    {
        _gateway.Answer("DELETE /admin/engines/gpu-1", FakeGateway.Error("engine_in_use", "The model 'big' uses it. Take it out of that chain first."), 409);
        _gateway.Answer("GET /admin/pulls", FakeGateway.Error("storage_away", "The database is away."), 503, retryAfter: 7);

        using var conflict = await _admin.Client.DeleteAsync("/api/admin/engines/gpu-1", Cancelled);
        using var away = await _admin.Client.GetAsync("/api/admin/pulls", Cancelled);

        var problem = await ApiUser.JsonAsync(conflict);
        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (conflict.StatusCode, conflict.Content.Headers.ContentType!.MediaType));
        Assert.Equal(("engine_in_use", "The model 'big' uses it. Take it out of that chain first."), ((string)problem["code"]!, (string)problem["detail"]!));
        Assert.NotNull(problem["traceId"]);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(7)), (away.StatusCode, away.Headers.RetryAfter!.Delta));
    }

    [Fact]
    public async Task Gateway_AwayOrAnotherKeyOrNone_IsA503ThatSaysWhatToDo()
    {
        await using var away = await ApiHost.StartAsync(stack, _engine, _host.Database, ApiHostRows.WithoutWorker, ("Services:inference:http:0", GatewayHost.DeadAddress().GetLeftPart(UriPartial.Authority)), ("Inference:AdminKey", "k"));
        await using var wrong = await ApiHost.StartAsync(stack, _engine, _host.Database, [ApiHostRows.WithoutWorker, .. _gateway.Settings, ("Inference:AdminKey", "another")]);
        await using var none = await ApiHost.StartAsync(stack, _engine, _host.Database, ApiHostRows.WithoutWorker);

        Assert.Equal(
            [("gateway_unreachable", "inference"), ("gateway_key_refused", "Inference:AdminKey"), ("gateway_not_configured", "Inference:AdminKey")],
            [await AskAsync(away, "inference"), await AskAsync(wrong, "Inference:AdminKey"), await AskAsync(none, "Inference:AdminKey")]);

        async Task<(string, string)> AskAsync(ApiHost host, string says)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/api/admin/engines"));
            request.Headers.Authorization = _admin.Client.DefaultRequestHeaders.Authorization;
            using var client = new HttpClient();
            using var response = await client.SendAsync(request, Cancelled);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            var problem = await ApiUser.JsonAsync(response);
            Assert.Contains(says, (string)problem["detail"]!, StringComparison.Ordinal);
            return ((string)problem["code"]!, says);
        }
    }
}
