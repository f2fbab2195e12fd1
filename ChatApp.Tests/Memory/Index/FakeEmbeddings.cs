using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>An embedding model to which a few words mean the same.</summary>
internal sealed class FakeEmbeddings : IAsyncDisposable
{
    private static readonly string[][] Meanings = [["dog", "puppy", "hound"], ["car", "automobile"], ["sea", "ocean"]];

    private readonly WebApplication _app;

    private FakeEmbeddings(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Every text that came in.</summary>
    public ConcurrentQueue<string> Texts { get; } = [];

    public TimeSpan Delay { get; set; }

    /// <summary>What it answers instead, when it is not 200.</summary>
    public int Status { get; set; } = 200;

    public static async Task<FakeEmbeddings> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new FakeEmbeddings(app);
        app.MapPost("/v1/embeddings", model.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return model;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static JsonArray Vector(string text)
    {
        var vector = new float[Meanings.Length + 1];
        vector[^1] = 0.1f;
        for (var i = 0; i < Meanings.Length; i++)
        {
            vector[i] = Meanings[i].Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        }

        return [.. vector.Select(static v => (JsonNode)v)];
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        string[] texts = body["input"] is JsonArray several ? [.. several.Select(static t => (string)t!)] : [(string)body["input"]!];
        foreach (var text in texts)
        {
            Texts.Enqueue(text);
        }

        await Task.Delay(Delay, context.RequestAborted);
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        JsonNode answer = Status == 200
            ? new JsonObject
            {
                ["object"] = "list",
                ["model"] = "fake",
                ["data"] = new JsonArray([.. texts.Select(static (t, i) => (JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = Vector(t) })]),
                ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
            }
            : new JsonObject { ["error"] = new JsonObject { ["message"] = "No.", ["type"] = "server_error" } };
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
