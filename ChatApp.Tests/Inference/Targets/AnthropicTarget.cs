using System.Text.Json.Nodes;
using ChatApp.Inference.Engines;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>Anthropic's Messages API.</summary>
internal sealed class AnthropicTarget : FakeTarget
{
    public override EngineKind Kind => EngineKind.Anthropic;

    public override string Model => "claude-fake-1";

    protected override IReadOnlyList<string> BoundNames => ["max_tokens"];

    protected override string Ping => "event: ping\ndata: {\"type\": \"ping\"}\n\n";

    /// <summary>Overloaded.</summary>
    protected override int LoadingStatus => 529;

    protected override bool IsCall(string method, string path) => method == HttpMethods.Post && path == "/v1/messages";

    protected override bool HasKey(HttpRequest request) => request.Headers["x-api-key"] == Key;

    protected override TargetError? Judge(HttpRequest request, JsonObject body) => request.Headers["anthropic-version"].ToString().Length == 0
        ? new TargetError(400, TargetErrorKind.InvalidRequest, "anthropic-version: header is required")
        : AnthropicJudge.Body(body, Model);

    protected override IReadOnlyList<string> Events(HttpRequest request, JsonObject body, TargetAnswer answer) => AnthropicShapes.Events(Model, answer);

    protected override JsonNode Whole(HttpRequest request, JsonObject body, TargetAnswer answer) => AnthropicShapes.Message(Model, answer);

    protected override JsonNode? Other(HttpRequest request, JsonObject? body) => (request.Method, request.Path.Value) switch
    {
        _ when request.Headers["anthropic-version"].ToString().Length == 0 => null,
        ("GET", "/v1/models") => new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject { ["type"] = "model", ["id"] = Model, ["display_name"] = "Fake", ["created_at"] = "2025-11-21T00:00:00Z" }),
            ["has_more"] = false,
            ["first_id"] = Model,
            ["last_id"] = Model,
        },
        _ => null,
    };

    protected override string ErrorBody(TargetError error) => new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject
        {
            ["type"] = error.Kind switch
            {
                TargetErrorKind.KeyRefused => "authentication_error",
                TargetErrorKind.NotFound or TargetErrorKind.ModelNotFound => "not_found_error",
                TargetErrorKind.TooManyRequests => "rate_limit_error",
                TargetErrorKind.Server => "api_error",
                TargetErrorKind.Loading => "overloaded_error",
                _ => "invalid_request_error",
            },
            ["message"] = error.Kind == TargetErrorKind.ContextTooLong ? "prompt is too long: 210000 tokens > 200000 maximum" : error.Message,
        },
        ["request_id"] = "req_1",
    }.ToJsonString();

    protected override string? ErrorEvent(TargetError error) => $"event: error\ndata: {ErrorBody(error)}\n\n";
}
