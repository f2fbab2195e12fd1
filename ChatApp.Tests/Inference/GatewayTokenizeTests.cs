using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference;

/// <summary>Counting tokens through the gateway, on engines that a test plays.</summary>
public sealed class GatewayTokenizeTests
{
    private readonly ConcurrentQueue<string> _asked = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokenize_LlamaServer_CountsEachTextAndTellsTheContext()
    {
        await using var engine = await LoopbackServer.StartAsync(PlayLlamaAsync);
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        var answer = await AskAsync(gateway, GatewayHost.Model, "one two three", "", "four");

        Assert.Equal([3, 0, 1], answer["counts"]!.AsArray().Select(static c => (int)c!));
        Assert.Equal(2048, (int)answer["max_model_len"]!);
        // With the engine's own key, never the caller's, and nothing but these two.
        Assert.Equal(["GET /props", "POST /tokenize"], _asked.Distinct().Order());
    }

    [Fact]
    public async Task Tokenize_NoTexts_TellsTheContextAlone()
    {
        await using var engine = await LoopbackServer.StartAsync(PlayLlamaAsync);
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        var answer = await AskAsync(gateway, GatewayHost.Model);

        Assert.Equal((0, 2048), (answer["counts"]!.AsArray().Count, (int)answer["max_model_len"]!));
    }

    [Fact]
    public async Task Tokenize_Vllm_CountsEachTextAndTellsTheContext()
    {
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
            Note(context);
            Assert.Equal(GatewayHost.Model, (string)body["model"]!);
            await context.Response.WriteAsJsonAsync(new { count = ((string)body["prompt"]!).Length, max_model_len = 4096, tokens = Array.Empty<int>() }, context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Engines:0:Kind", "OpenAI"));

        var answer = await AskAsync(gateway, GatewayHost.Model, "12345", "1");

        Assert.Equal([5, 1], answer["counts"]!.AsArray().Select(static c => (int)c!));
        Assert.Equal(4096, (int)answer["max_model_len"]!);
        Assert.Equal(["POST /tokenize"], _asked.Distinct());
    }

    [Theory]
    [InlineData("Ollama")]
    [InlineData("OpenAI")]
    [InlineData("LlamaCpp")]
    public async Task Tokenize_EngineWithoutATokenizer_Is501(string kind)
    {
        await using var engine = await LoopbackServer.StartAsync(static context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Engines:0:Kind", kind));

        using var response = await PostAsync(gateway, new { model = GatewayHost.Model, prompts = new[] { "text" } });

        Assert.Equal((HttpStatusCode.NotImplemented, "not_supported"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task Tokenize_EngineOutside_GetsNoTextsAndStillTellsItsContext()
    {
        await using var engine = await LoopbackServer.StartAsync(PlayLlamaAsync);
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Engines:0:Outside", "true"));

        using var texts = await PostAsync(gateway, new { model = GatewayHost.Model, prompts = new[] { "text" } });
        using var none = await PostAsync(gateway, new { model = GatewayHost.Model, prompts = Array.Empty<string>() });

        Assert.Equal((HttpStatusCode.NotImplemented, "not_supported"), (texts.StatusCode, await CodeAsync(texts)));
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
    }

    [Fact]
    public async Task Tokenize_EngineAway_Is503UnlessAnotherServesTheModel()
    {
        await using var engine = await LoopbackServer.StartAsync(PlayLlamaAsync);
        await using var alone = await GatewayHost.StartAsync(GatewayHost.DeadAddress());
        await using var both = await GatewayHost.StartAsync(
            GatewayHost.DeadAddress(),
            ("Engines:1:Name", "second"),
            ("Engines:1:Address", engine.Address.GetLeftPart(UriPartial.Authority)),
            ("Engines:1:Key", GatewayHost.EngineKey),
            ("Engines:1:Model", GatewayHost.Model));

        using var refused = await PostAsync(alone, new { model = GatewayHost.Model, prompts = new[] { "text" } });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(2, (int)(await AskAsync(both, GatewayHost.Model, "one two"))["counts"]![0]!);
    }

    [Fact]
    public async Task Tokenize_ModelThatNoEngineServes_Is404()
    {
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.DeadAddress(), ("Engines:1:Name", "second"), ("Engines:1:Address", "http://127.0.0.1:1"), ("Engines:1:Model", "other"));

        using var response = await PostAsync(gateway, new { model = "huge", prompts = new[] { "text" } });

        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (response.StatusCode, await CodeAsync(response)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"model\":\"m\"}")]
    [InlineData("{\"model\":\"m\",\"prompts\":\"text\"}")]
    [InlineData("{\"model\":\"m\",\"prompts\":[null]}")]
    [InlineData("{\"model\":\"m\",\"prompts\":[")]
    public async Task Tokenize_BadBody_Is400(string body)
    {
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.DeadAddress());

        using var response = await gateway.Client.PostAsync("/v1/tokenize", new StringContent(body), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Tokenize_TooManyOrTooLarge_IsRefused()
    {
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.DeadAddress());

        using var many = await PostAsync(gateway, new { model = "m", prompts = Enumerable.Repeat("x", 1001) });
        using var large = await PostAsync(gateway, new { model = "m", prompts = new[] { new string('x', 1024 * 1024) } });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge), (many.StatusCode, large.StatusCode));
    }

    [Fact]
    public async Task Tokenize_WithoutTheKey_Is401()
    {
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.DeadAddress());
        using var stranger = new HttpClient { BaseAddress = gateway.Client.BaseAddress };

        using var response = await stranger.PostAsJsonAsync("/v1/tokenize", new { model = "m", prompts = new[] { "x" } }, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static async Task<JsonNode> AskAsync(GatewayHost gateway, string model, params string[] prompts)
    {
        using var response = await PostAsync(gateway, new { model, prompts });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayHost gateway, object body) => gateway.Client.PostAsJsonAsync("/v1/tokenize", body, Cancellation);

    private static async Task<string> CodeAsync(HttpResponseMessage response) =>
        (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["error"]!["code"]!;

    // A token a word.
    private async Task PlayLlamaAsync(HttpContext context)
    {
        Note(context);
        if (context.Request.Path == "/props")
        {
            await context.Response.WriteAsJsonAsync(new { default_generation_settings = new { n_ctx = 2048 } }, context.RequestAborted);
            return;
        }

        var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var words = ((string)body["content"]!).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await context.Response.WriteAsJsonAsync(new { tokens = words.Select(static (_, i) => i) }, context.RequestAborted);
    }

    private void Note(HttpContext context)
    {
        _asked.Enqueue($"{context.Request.Method} {context.Request.Path}");
        Assert.Equal($"Bearer {GatewayHost.EngineKey}", context.Request.Headers.Authorization.ToString());
    }
}
