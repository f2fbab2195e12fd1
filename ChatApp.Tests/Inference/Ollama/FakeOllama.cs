using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Ollama;

/// <summary>An Ollama's management of models: a pull writes the lines that a test gives, when it gives them.</summary>
internal sealed class FakeOllama : IAsyncDisposable
{
    private const string Digest = "sha256:aaaa";

    private readonly ConcurrentDictionary<string, long> _models = new(StringComparer.OrdinalIgnoreCase);
    private LoopbackServer _server = null!;

    private FakeOllama() => _models["llama3.2:3b"] = 2_019_393_189;

    public Uri Address => _server.Address;

    /// <summary>The lines of each pull, by the model's name: what is written comes at once, and the end of the channel is the end of the answer.</summary>
    public ConcurrentDictionary<string, Channel<string>> Pulls { get; } = new(StringComparer.Ordinal);

    /// <summary>Pulls that were begun, and pulls whose caller left.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    public ConcurrentQueue<string> Left { get; } = new();

    public static async Task<FakeOllama> StartAsync()
    {
        var fake = new FakeOllama();
        fake._server = await LoopbackServer.StartAsync(fake.AnswerAsync);
        return fake;
    }

    /// <summary>What a pull of the model writes.</summary>
    public ChannelWriter<string> Pull(string model) => Pulls.GetOrAdd(model, _ => Channel.CreateUnbounded<string>()).Writer;

    /// <summary>A line of a layer.</summary>
    public static string Layer(long completed, long total, string digest = Digest) =>
        JsonSerializer.Serialize(new { status = "pulling " + digest[7..], digest, total, completed });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var model = "";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && context.Request.Method != "GET")
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false);
            model = body.RootElement.GetProperty("model").GetString()!;
        }

        await ((context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/api/tags") => context.Response.WriteAsJsonAsync(new { models = _models.Select(pair => Model(pair.Key, pair.Value)) }),
            ("GET", "/api/ps") => context.Response.WriteAsJsonAsync(new
            {
                models = new[] { new { name = "llama3.2:3b", model = "llama3.2:3b", size = 3_000_000_000, digest = "a", expires_at = "2030-01-01T00:00:00Z", size_vram = 0, context_length = 8192 } },
            }),
            ("POST", "/api/show") when _models.ContainsKey(model) => context.Response.WriteAsJsonAsync(new Dictionary<string, object>
            {
                ["license"] = "A licence",
                ["template"] = "{{ .Prompt }}",
                ["details"] = new { family = "llama", parameter_size = "3.2B", quantization_level = "Q4_K_M" },
                ["model_info"] = new Dictionary<string, object> { ["general.architecture"] = "llama", ["llama.context_length"] = 131072 },
                ["capabilities"] = new[] { "completion", "tools" },
            }),
            ("DELETE", "/api/delete") when _models.TryRemove(model, out _) => Task.CompletedTask,
            ("POST", "/api/pull") => PullAsync(context, model),
            _ => ErrorAsync(context, $"model '{model}' not found"),
        });
    }

    private static object Model(string name, long size) => new
    {
        name,
        model = name,
        modified_at = "2026-05-04T14:56:49.277302595-07:00",
        size,
        digest = "a80c4f17acd55265feec403c7aef86be0c25983ab279d83f3bcd3abbcb5b8b72",
        details = new { parent_model = "", format = "gguf", family = "llama", families = new[] { "llama" }, parameter_size = "3.2B", quantization_level = "Q4_K_M" },
    };

    private static Task ErrorAsync(HttpContext context, string error)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsJsonAsync(new { error });
    }

    private async Task PullAsync(HttpContext context, string model)
    {
        Begun.Enqueue(model);
        context.Response.ContentType = "application/x-ndjson";
        var lines = Pulls.GetOrAdd(model, _ => Channel.CreateUnbounded<string>()).Reader;
        try
        {
            await context.Response.WriteAsync("""{"status":"pulling manifest"}""" + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var line in lines.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(line + "\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (line.Contains("\"success\"", StringComparison.Ordinal))
                {
                    _models[model.Contains(':', StringComparison.Ordinal) ? model : model + ":latest"] = 1;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Left.Enqueue(model);
            throw;
        }
    }
}
