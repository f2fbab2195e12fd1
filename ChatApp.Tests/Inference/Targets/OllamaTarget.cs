using System.Text.Json.Nodes;
using ChatApp.Inference.Engines;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>Ollama: no key, its models by tag, and OpenAI's API under <c>/v1</c>. It counts no tokens of the cache.</summary>
internal sealed class OllamaTarget : OpenAITarget
{
    public override EngineKind Kind => EngineKind.Ollama;

    public override string Model => "fake:1b";

    public override string? Key => null;

    protected override IReadOnlyList<string> BoundNames => ["max_tokens"];

    protected override bool IsOpen(string path) => true;

    protected override TargetError? Judge(HttpRequest request, JsonObject body) => OpenAIJudge.Body(request.Path.Value!, body)
        ?? ((string)body["model"]! == Model
            ? null
            : new TargetError(404, TargetErrorKind.ModelNotFound, $"model '{(string)body["model"]!}' not found"));

    protected override IReadOnlyList<string> Events(HttpRequest request, JsonObject body, TargetAnswer answer)
    {
        var isChat = request.Path == "/v1/chat/completions";
        var chunks = isChat ? OpenAIShapes.Chunks("chatcmpl-1", Model, answer) : OpenAIShapes.CompletionChunks("cmpl-1", Model, answer);
        if (OpenAIJudge.WantsUsage(body))
        {
            var usage = OpenAIShapes.UsageChunk("chatcmpl-1", Model, answer, isChat);
            usage["usage"]!.AsObject().Remove("prompt_tokens_details");
            chunks.Add(usage);
        }

        chunks.ForEach(static chunk => chunk["system_fingerprint"] = "fp_ollama");
        return [.. chunks.Select(OpenAIShapes.Event), OpenAIShapes.Done];
    }

    protected override JsonNode Whole(HttpRequest request, JsonObject body, TargetAnswer answer)
    {
        var whole = base.Whole(request, body, answer);
        whole["usage"]!.AsObject().Remove("prompt_tokens_details");
        return whole;
    }

    protected override JsonNode? Other(HttpRequest request, JsonObject? body) => (request.Method, request.Path.Value) switch
    {
        ("GET", "/api/tags") => new JsonObject
        {
            ["models"] = new JsonArray(new JsonObject { ["name"] = Model, ["model"] = Model, ["size"] = 1_000_000, ["digest"] = "0123456789ab" }),
        },
        ("GET", "/api/ps") => new JsonObject { ["models"] = new JsonArray() },
        ("GET", "/api/version") => new JsonObject { ["version"] = "0.33.0" },
        ("GET", "/v1/models") => OpenAIShapes.Models(Model),
        _ => null,
    };

    protected override string ErrorBody(TargetError error) => error.Kind == TargetErrorKind.NotFound
        ? "404 page not found"
        : new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = error.Kind == TargetErrorKind.ContextTooLong ? "the input length exceeds the context length" : error.Message,
                ["type"] = error.Status switch
                {
                    404 => "not_found_error",
                    >= 500 => "api_error",
                    _ => "invalid_request_error",
                },
                ["param"] = null,
                ["code"] = null,
            },
        }.ToJsonString();

}
