using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>
/// As much of Qdrant's REST API as the product uses, written from its published schema and stricter than the real server: unknown
/// fields, requests without a tenant and payload that is not ours are refused.
/// </summary>
internal sealed class FakeQdrant : IAsyncDisposable
{
    public const string Key = "qdrant-test-key";

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeCollection> _collections = [];

    private FakeQdrant(WebApplication app) => _app = app;

    public string ConnectionString => $"Endpoint={_app.Urls.Single()};Key={Key}";

    /// <summary>What came in, and what was answered.</summary>
    public ConcurrentQueue<(string Method, string Path, string Body, int Status)> Requests { get; } = [];

    /// <summary>Has every request closed without an answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>Refuses the paths that end like this.</summary>
    public (string Path, int Status)? Fault { get; set; }

    /// <summary>How long searches take.</summary>
    public TimeSpan Delay { get; set; }

    public static async Task<FakeQdrant> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var qdrant = new FakeQdrant(app);
        app.Run(qdrant.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return qdrant;
    }

    /// <summary>Loses everything, as a server whose volume is gone.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _collections.Clear();
        }
    }

    public IReadOnlyList<string> Names()
    {
        lock (_lock)
        {
            return [.. _collections.Keys];
        }
    }

    /// <summary>The points of all collections.</summary>
    public IReadOnlyList<FakePoint> Points()
    {
        lock (_lock)
        {
            return [.. _collections.Values.SelectMany(static c => c.Points)];
        }
    }

    public FakeCollection Collection(string name)
    {
        lock (_lock)
        {
            return _collections[name];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (IsAway)
        {
            context.Abort();
            return;
        }

        if (path.EndsWith("/query", StringComparison.Ordinal) && Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, context.RequestAborted);
        }

        var status = 200;
        JsonNode? answer;
        try
        {
            if (context.Request.Headers["api-key"] != Key)
            {
                throw new QdrantRefusal(401, "Must provide an API key or an Authorization bearer token");
            }

            if (Fault is { } fault && path.EndsWith(fault.Path, StringComparison.Ordinal))
            {
                throw new QdrantRefusal(fault.Status, "Service internal error");
            }

            var parsed = body.Length == 0 ? null : JsonNode.Parse(body);
            lock (_lock)
            {
                answer = new JsonObject { ["result"] = Route(context.Request, path.Split('/', StringSplitOptions.RemoveEmptyEntries), parsed), ["status"] = "ok", ["time"] = 0.001 };
            }
        }
        catch (QdrantRefusal refusal)
        {
            status = refusal.Status;
            answer = new JsonObject { ["status"] = new JsonObject { ["error"] = refusal.Message }, ["time"] = 0.001 };
        }

        Requests.Enqueue((context.Request.Method, path + context.Request.QueryString, body, status));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private JsonNode Route(HttpRequest request, string[] path, JsonNode? body)
    {
        var name = path is ["collections", var first, ..] ? first : throw new QdrantRefusal(404, "");
        switch (request.Method, path)
        {
            case ("GET", [_, _, "exists"]):
                return new JsonObject { ["exists"] = _collections.ContainsKey(name) };
            case ("PUT", [_, _]):
                return _collections.TryAdd(name, new FakeCollection(body)) ? true : throw new QdrantRefusal(409, $"Wrong input: Collection `{name}` already exists!");
            case ("DELETE", [_, _]):
                return _collections.Remove(name) ? true : throw Missing(name);
        }

        var collection = _collections.GetValueOrDefault(name) ?? throw Missing(name);
        switch (request.Method, path)
        {
            case ("PUT", [_, _, "index"]):
                collection.Index(body);
                break;
            case ("PUT", [_, _, "points"]):
                collection.Upsert(body);
                break;
            case ("POST", [_, _, "points", "delete"]):
                collection.Delete(body);
                break;
            case ("POST", [_, _, "points", "count"]):
                return new JsonObject { ["count"] = collection.Count(body) };
            case ("POST", [_, _, "points", "query"]):
                return new JsonObject { ["points"] = collection.Query(body) };
            default:
                throw new QdrantRefusal(404, "");
        }

        // A write that is not waited for is not there yet when it is noted as told.
        return request.Query["wait"] == "true" ? new JsonObject { ["operation_id"] = 1, ["status"] = "completed" } : throw new QdrantRefusal(400, "Not waited for.");
    }

    private static QdrantRefusal Missing(string name) => new(404, $"Not found: Collection `{name}` doesn't exist!");
}
