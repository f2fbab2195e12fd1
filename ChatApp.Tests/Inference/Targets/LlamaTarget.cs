using System.Text.Json.Nodes;
using ChatApp.Inference.Engines;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>llama-server: it answers as the model that it has, whatever it is asked for, and tells its timings.</summary>
internal sealed class LlamaTarget : OpenAITarget
{
    public override EngineKind Kind => EngineKind.LlamaCpp;

    protected override bool IsOpen(string path) => path is "/health" or "/v1/health";

    protected override TargetError? Judge(HttpRequest request, JsonObject body)
    {
        body["model"] ??= Model;
        return OpenAIJudge.Body(request.Path.Value!, body);
    }

    protected override IReadOnlyList<string> Events(HttpRequest request, JsonObject body, TargetAnswer answer)
    {
        var isChat = request.Path == "/v1/chat/completions";
        var chunks = isChat ? OpenAIShapes.Chunks("chatcmpl-1", Model, answer) : OpenAIShapes.CompletionChunks("cmpl-1", Model, answer);
        if (OpenAIJudge.WantsUsage(body))
        {
            chunks.Add(OpenAIShapes.UsageChunk("chatcmpl-1", Model, answer, isChat));
        }

        if (isChat)
        {
            // The role comes with a content of null.
            chunks[0]["choices"]![0]!["delta"]!["content"] = null;
        }

        chunks[^1]["timings"] = Timings(answer);
        return [.. chunks.Select(OpenAIShapes.Event), OpenAIShapes.Done];
    }

    protected override JsonNode Whole(HttpRequest request, JsonObject body, TargetAnswer answer)
    {
        var whole = base.Whole(request, body, answer);
        if (request.Path != "/v1/embeddings")
        {
            whole["timings"] = Timings(answer);
        }

        return whole;
    }

    protected override JsonNode? Other(HttpRequest request, JsonObject? body) => (request.Method, request.Path.Value) switch
    {
        ("GET", "/health" or "/v1/health") => new JsonObject { ["status"] = "ok" },
        ("GET", "/props") => new JsonObject
        {
            ["default_generation_settings"] = new JsonObject { ["n_ctx"] = 4096 },
            ["total_slots"] = 2,
            ["model_path"] = "/models/fake.gguf",
        },
        ("GET", "/v1/models") => OpenAIShapes.Models(Model),
        ("GET", "/slots") => new JsonArray(
            new JsonObject { ["id"] = 0, ["n_ctx"] = 4096, ["is_processing"] = false },
            new JsonObject { ["id"] = 1, ["n_ctx"] = 4096, ["is_processing"] = false }),
        ("POST", "/tokenize") => new JsonObject { ["tokens"] = new JsonArray([.. Enumerable.Range(0, Words((string?)body?["content"])).Select(static i => (JsonNode)i)]) },
        _ => null,
    };

    protected override string ErrorBody(TargetError error) => new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["code"] = error.Status,
            ["message"] = error.Message,
            ["type"] = error.Kind switch
            {
                TargetErrorKind.KeyRefused => "authentication_error",
                TargetErrorKind.NotFound => "not_found_error",
                TargetErrorKind.Loading => "unavailable_error",
                TargetErrorKind.Server => "server_error",
                TargetErrorKind.ContextTooLong => "exceed_context_size_error",
                _ => "invalid_request_error",
            },
        },
    }.ToJsonString();

    protected override TargetError NoSuchPath(HttpRequest request) => new(404, TargetErrorKind.NotFound, "File Not Found");

    private static JsonObject Timings(TargetAnswer answer) => new()
    {
        ["cache_n"] = answer.CachedTokens,
        ["prompt_n"] = answer.InputTokens - answer.CachedTokens,
        ["prompt_ms"] = 12.5,
        ["predicted_n"] = answer.OutputTokens,
        ["predicted_ms"] = 80.25,
    };
}
