using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference;

public sealed class EngineReadinessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_LlamaCppReady_Is200WithoutAKey()
    {
        await using var engine = await LoopbackServer.StartAsync(context =>
            context.Request.Path == "/health" ? context.Response.WriteAsync("""{"status":"ok"}""", Cancellation) : NotFound(context));
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        gateway.Client.DefaultRequestHeaders.Authorization = null;

        using var health = await gateway.Client.GetAsync("/health", Cancellation);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Health_LlamaCppLoading_Is503UntilItIsReady()
    {
        var ready = false;
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = ready ? 200 : 503;
            return context.Response.WriteAsync("{}", Cancellation);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        Assert.Contains("is loading its model", await DescriptionAsync(gateway), StringComparison.Ordinal);
        ready = true;

        using var response = await gateway.Client.GetAsync("/alive", Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Health_AskedOften_AsksTheEngineOnce()
    {
        var asked = 0;
        await using var engine = await LoopbackServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Client.GetAsync("/health", Cancellation)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("LlamaCpp", "Start llama-server")]
    [InlineData("Ollama", "ollama serve")]
    [InlineData("OpenAI", "Engines:N:Address")]
    public async Task Health_EngineDown_SaysHowToStartItButNotWhereItIs(string kind, string expected)
    {
        var address = GatewayHost.DeadAddress();
        await using var gateway = await GatewayHost.StartAsync(address, ("Engines:0:Kind", kind));

        var description = await DescriptionAsync(gateway);

        Assert.Contains(expected, description, StringComparison.Ordinal);
        Assert.DoesNotContain(address.Authority, description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama3.2", true)]
    [InlineData("llama3.2:latest", true)]
    [InlineData("qwen3:8b", true)]
    [InlineData("qwen3", false)]
    public async Task Health_Ollama_NeedsTheModelAndSaysHowToPullIt(string model, bool pulled)
    {
        await using var engine = await LoopbackServer.StartAsync(context => context.Request.Path == "/api/tags"
            ? context.Response.WriteAsync("""{"models":[{"name":"llama3.2:latest","size":1},{"name":"qwen3:8b","size":2}]}""", Cancellation)
            : NotFound(context));
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Engines:0:Kind", "Ollama"), ("Engines:0:Model", model));

        if (pulled)
        {
            using var response = await gateway.Client.GetAsync("/health", Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        else
        {
            Assert.Contains($"ollama pull {model}", await DescriptionAsync(gateway), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(GatewayHost.EngineKey, true)]
    [InlineData("another-key", false)]
    public async Task Health_OpenAI_AsksForModelsWithItsKey(string key, bool accepted)
    {
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = (context.Request.Path.Value, context.Request.Headers.Authorization.ToString()) switch
            {
                ("/v1/models", "Bearer " + GatewayHost.EngineKey) => 200,
                ("/v1/models", _) => 401,
                _ => 404,
            };
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Engines:0:Kind", "OpenAI"), ("Engines:0:Key", key));

        using var response = await gateway.Client.GetAsync("/health", Cancellation);

        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, response.StatusCode);
        if (!accepted)
        {
            Assert.Contains("Engines:N:Key", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Health_OneEngineOfTwoReady_IsDegradedAnd200()
    {
        await using var engine = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await GatewayHost.StartAsync(
            engine.Address,
            ("Engines:1:Name", "second"),
            ("Engines:1:Address", GatewayHost.DeadAddress().GetLeftPart(UriPartial.Authority)),
            ("Engines:1:Model", GatewayHost.Model));

        using var response = await gateway.Client.GetAsync("/health", Cancellation);
        var check = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("checks").GetProperty("engines");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Degraded", check.GetProperty("status").GetString());
        Assert.StartsWith("second ", check.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static async Task<string> DescriptionAsync(GatewayHost gateway)
    {
        using var response = await gateway.Client.GetAsync("/health", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return body.GetProperty("checks").GetProperty("engines").GetProperty("description").GetString()!;
    }
}
