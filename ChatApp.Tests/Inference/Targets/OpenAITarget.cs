using System.Text.Json.Nodes;
using ChatApp.Inference.Engines;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>OpenAI, with what vLLM has besides (<c>/health</c>, <c>/tokenize</c>).</summary>
internal class OpenAITarget : FakeTarget
{
    public override EngineKind Kind => EngineKind.OpenAI;

    protected override bool IsCall(string method, string path) =>
        method == HttpMethods.Post && path is "/v1/chat/completions" or "/v1/completions" or "/v1/embeddings";

    protected override bool HasKey(HttpRequest request) => request.Headers.Authorization == $"Bearer {Key}";

    protected override bool IsOpen(string path) => path == "/health";

    protected override TargetError? Judge(HttpRequest request, JsonObject body) => OpenAIJudge.Body(request.Path.Value!, body)
        ?? ((string)body["model"]! == Model
            ? null
            : new TargetError(404, TargetErrorKind.ModelNotFound, $"The model `{(string)body["model"]!}` does not exist or you do not have access to it."));

    protected override IReadOnlyList<string> Events(HttpRequest request, JsonObject body, TargetAnswer answer)
    {
        var isChat = request.Path == "/v1/chat/completions";
        var chunks = isChat ? OpenAIShapes.Chunks("chatcmpl-1", Model, answer) : OpenAIShapes.CompletionChunks("cmpl-1", Model, answer);
        if (OpenAIJudge.WantsUsage(body))
        {
            chunks.ForEach(static chunk => chunk["usage"] = null);
            chunks.Add(OpenAIShapes.UsageChunk(isChat ? "chatcmpl-1" : "cmpl-1", Model, answer, isChat));
        }

        return [.. chunks.Select(OpenAIShapes.Event), OpenAIShapes.Done];
    }

    protected override JsonNode Whole(HttpRequest request, JsonObject body, TargetAnswer answer) => request.Path.Value switch
    {
        "/v1/embeddings" => OpenAIShapes.Embeddings(Model, body),
        "/v1/completions" => OpenAIShapes.Text("cmpl-1", Model, answer),
        _ => OpenAIShapes.Chat("chatcmpl-1", Model, answer),
    };

    protected override JsonNode? Other(HttpRequest request, JsonObject? body) => (request.Method, request.Path.Value) switch
    {
        ("GET", "/health") => new JsonObject(),
        ("GET", "/v1/models") => OpenAIShapes.Models(Model),
        ("POST", "/tokenize") => new JsonObject { ["count"] = Words((string?)body?["prompt"]), ["max_model_len"] = 4096, ["tokens"] = new JsonArray() },
        _ => null,
    };

    protected override string ErrorBody(TargetError error)
    {
        var (type, code) = error.Kind switch
        {
            TargetErrorKind.KeyRefused => ("invalid_request_error", "invalid_api_key"),
            TargetErrorKind.ModelNotFound => ("invalid_request_error", "model_not_found"),
            TargetErrorKind.TooManyRequests => ("requests", "rate_limit_exceeded"),
            TargetErrorKind.Server => ("server_error", null),
            TargetErrorKind.ContextTooLong => ("invalid_request_error", "context_length_exceeded"),
            _ => ("invalid_request_error", (string?)null),
        };
        return new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = error.Message, ["type"] = type, ["param"] = null, ["code"] = code },
        }.ToJsonString();
    }

    protected override string? ErrorEvent(TargetError error) => $"data: {ErrorBody(error)}\n\n";

    /// <summary>A token a word.</summary>
    protected static int Words(string? text) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
}
