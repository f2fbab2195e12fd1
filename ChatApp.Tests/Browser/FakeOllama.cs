using System.Collections.Concurrent;
using System.Text.Json;
using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Browser;

/// <summary>As much of Ollama as looking after its models needs; a pull goes on when the test says so.</summary>
internal sealed class FakeOllama : IAsyncDisposable
{
    private const long Size = 2_000_000_000;

    private readonly ConcurrentDictionary<string, long> _models = new(StringComparer.Ordinal) { ["llama3.2:3b"] = Size };
    private LoopbackServer _server = null!;

    public Uri Address => _server.Address;

    /// <summary>Set by a test to let the pull get from 40 % to the end.</summary>
    public TaskCompletionSource PullMayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> Models => _models.Keys;

    public static async Task<FakeOllama> StartAsync()
    {
        var ollama = new FakeOllama();
        ollama._server = await LoopbackServer.StartAsync(ollama.AnswerAsync);
        return ollama;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/api/version" => context.Response.WriteAsJsonAsync(new { version = "0.33.0" }),
        "/api/tags" => context.Response.WriteAsJsonAsync(new { models = _models.Select(static model => new
        {
            name = model.Key, model = model.Key, modified_at = "2026-11-01T10:00:00Z", size = model.Value, digest = "d",
            details = new { family = "llama", parameter_size = "3.2B", quantization_level = "Q4_K_M" },
        }) }),
        "/api/ps" => context.Response.WriteAsJsonAsync(new { models = Array.Empty<object>() }),
        "/api/delete" => DeleteAsync(context),
        "/api/pull" => PullAsync(context),
        _ => Task.FromResult(context.Response.StatusCode = 404),
    };

    private async Task DeleteAsync(HttpContext context)
    {
        var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        context.Response.StatusCode = _models.TryRemove(body.RootElement.GetProperty("model").GetString()!, out _) ? 200 : 404;
    }

    private async Task PullAsync(HttpContext context)
    {
        var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var model = body.RootElement.GetProperty("model").GetString()!;
        context.Response.ContentType = "application/x-ndjson";
        await TellAsync(new { status = "pulling manifest" });
        await TellAsync(new { status = "pulling abc", digest = "sha256:abc", total = Size, completed = Size * 4 / 10 });
        await PullMayEnd.Task.WaitAsync(context.RequestAborted);
        await TellAsync(new { status = "pulling abc", digest = "sha256:abc", total = Size, completed = Size });
        _models[model] = Size;
        await TellAsync(new { status = "success" });

        async Task TellAsync(object line)
        {
            await context.Response.WriteAsync(JsonSerializer.Serialize(line) + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
