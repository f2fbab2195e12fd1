using System.Text.Json;
using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Http;
using OllamaSharp;
using OllamaSharp.Models.Exceptions;
using Xunit;

namespace ChatApp.Tests.StandIns;

/// <summary>The client against the shapes that Ollama publishes.</summary>
public sealed class OllamaApiClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListLocalModelsAsync_ReadsTags()
    {
        await using var ollama = await StartAsync("GET /api/tags", """
            {"models":[{"name":"llama3.2:latest","model":"llama3.2:latest","modified_at":"2026-05-04T17:37:44.706015396-07:00","size":3826793677,
             "digest":"fe938a131f40e6f6d40083c9f0f430a515233eb2edaa6d72eb85c50d64f2300e",
             "details":{"parent_model":"","format":"gguf","family":"llama","families":["llama"],"parameter_size":"3.2B","quantization_level":"Q4_K_M"}}]}
            """);
        using var http = new HttpClient { BaseAddress = ollama.Address };

        var model = Assert.Single(await new OllamaApiClient(http).ListLocalModelsAsync(Cancellation));

        Assert.Equal("llama3.2:latest", model.Name);
        Assert.Equal(3826793677, model.Size);
        Assert.Equal("Q4_K_M", model.Details.QuantizationLevel);
    }

    [Fact]
    public async Task ListRunningModelsAsync_ReadsPs()
    {
        await using var ollama = await StartAsync("GET /api/ps", """
            {"models":[{"name":"m:latest","model":"m:latest","size":10,"digest":"d","details":{"format":"gguf"},"expires_at":"2026-05-04T17:37:44Z","size_vram":7,"context_length":4096}]}
            """);
        using var http = new HttpClient { BaseAddress = ollama.Address };

        var model = Assert.Single(await new OllamaApiClient(http).ListRunningModelsAsync(Cancellation));

        Assert.Equal(7, model.SizeVram);
        Assert.Equal(4096, model.ContextLength);
    }

    [Fact]
    public async Task PullModelAsync_YieldsProgress()
    {
        string? asked = null;
        await using var ollama = await LoopbackServer.StartAsync(async context =>
        {
            asked = JsonSerializer.Deserialize<JsonElement>(await new StreamReader(context.Request.Body).ReadToEndAsync(Cancellation)).GetProperty("model").GetString();
            await context.Response.WriteAsync("""
                {"status":"pulling manifest"}
                {"status":"pulling abc","digest":"sha256:abc","total":200,"completed":50}
                {"status":"success"}

                """.ReplaceLineEndings("\n"), Cancellation);
        });
        using var http = new HttpClient { BaseAddress = ollama.Address };

        var steps = await new OllamaApiClient(http).PullModelAsync("llama3.2:3b", Cancellation).ToListAsync(Cancellation);

        Assert.Equal("llama3.2:3b", asked);
        Assert.Equal(["pulling manifest", "pulling abc", "success"], steps.Select(step => step!.Status));
        Assert.Equal([100, 25, 100], steps.Select(step => step!.Percent));
    }

    [Fact]
    public async Task PullModelAsync_ErrorInTheStream_Throws()
    {
        await using var ollama = await StartAsync("POST /api/pull", "{\"status\":\"pulling manifest\"}\n{\"error\":\"pull model manifest: file does not exist\"}\n");
        using var http = new HttpClient { BaseAddress = ollama.Address };

        var error = await Assert.ThrowsAsync<ResponseError>(
            async () => await new OllamaApiClient(http).PullModelAsync("nothing", Cancellation).ToListAsync(Cancellation));

        Assert.Equal("pull model manifest: file does not exist", error.Message);
    }

    [Fact]
    public async Task ShowModelAsync_ReadsCapabilities()
    {
        await using var ollama = await StartAsync("POST /api/show", """{"parameters":"num_ctx 4096","template":"t","details":{"family":"llama"},"capabilities":["completion","tools"]}""");
        using var http = new HttpClient { BaseAddress = ollama.Address };

        var model = await new OllamaApiClient(http).ShowModelAsync("llama3.2", Cancellation);

        Assert.Equal(["completion", "tools"], model.Capabilities!);
    }

    [Fact]
    public async Task DeleteModelAsync_Deletes()
    {
        await using var ollama = await StartAsync("DELETE /api/delete", string.Empty);
        using var http = new HttpClient { BaseAddress = ollama.Address };

        await new OllamaApiClient(http).DeleteModelAsync("llama3.2", Cancellation);
    }

    [Fact]
    public async Task IsRunningAsync_AndGetVersionAsync_AskTheServer()
    {
        await using var root = await StartAsync("GET /", "Ollama is running");
        await using var version = await StartAsync("GET /api/version", """{"version":"0.33.0"}""");
        using var rootHttp = new HttpClient { BaseAddress = root.Address };
        using var versionHttp = new HttpClient { BaseAddress = version.Address };

        Assert.True(await new OllamaApiClient(rootHttp).IsRunningAsync(Cancellation));
        Assert.Equal("0.33.0", await new OllamaApiClient(versionHttp).GetVersionAsync(Cancellation));
    }

    [Fact]
    public async Task Calls_ThatFail_Throw()
    {
        await using var refusing = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/api/show" ? 400 : 500;
            return context.Response.WriteAsync("""{"error":"model is required"}""", Cancellation);
        });
        using var http = new HttpClient { BaseAddress = refusing.Address };
        using var nobody = new HttpClient { BaseAddress = GatewayHost.DeadAddress() };

        var error = await Assert.ThrowsAsync<OllamaException>(() => new OllamaApiClient(http).ShowModelAsync("", Cancellation));
        Assert.Equal("model is required", error.Message);
        await Assert.ThrowsAsync<HttpRequestException>(() => new OllamaApiClient(http).ListLocalModelsAsync(Cancellation));
        await Assert.ThrowsAsync<HttpRequestException>(() => new OllamaApiClient(nobody).IsRunningAsync(Cancellation));
    }

    [Fact]
    public void Constructor_WithoutBaseAddress_Throws()
    {
        using var http = new HttpClient();

        Assert.Throws<InvalidOperationException>(() => new OllamaApiClient(http));
    }

    private static Task<LoopbackServer> StartAsync(string expected, string answer) => LoopbackServer.StartAsync(context =>
    {
        if (expected != $"{context.Request.Method} {context.Request.Path}")
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        return context.Response.WriteAsync(answer, context.RequestAborted);
    });
}
