using System.Text.Json.Nodes;
using ChatApp.Inference.Engines;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>Azure OpenAI: deployments in the path, a version in the query, the key in <c>api-key</c>, and verdicts of its content filter around every answer.</summary>
internal sealed class AzureTarget : OpenAITarget
{
    public override EngineKind Kind => EngineKind.AzureOpenAI;

    /// <summary>The deployment's name; the model behind it has another.</summary>
    public override string Model => "my-deployment";

    private string Prefix => $"/openai/deployments/{Model}/";

    protected override bool IsCall(string method, string path) =>
        method == HttpMethods.Post && path.StartsWith("/openai/deployments/", StringComparison.Ordinal);

    protected override bool HasKey(HttpRequest request) => request.Headers["api-key"] == Key;

    protected override bool IsOpen(string path) => false;

    protected override TargetError? Judge(HttpRequest request, JsonObject body)
    {
        if (request.Query["api-version"].ToString().Length == 0)
        {
            return NoSuchPath(request);
        }

        if (!request.Path.Value!.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new TargetError(404, TargetErrorKind.ModelNotFound, "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.");
        }

        // The deployment is the model: the body needs none, and may say any.
        body["model"] ??= Model;
        return Operation(request) is "chat/completions" or "completions" or "embeddings" ? OpenAIJudge.Body("/v1/" + Operation(request), body) : NoSuchPath(request);
    }

    protected override IReadOnlyList<string> Events(HttpRequest request, JsonObject body, TargetAnswer answer)
    {
        var isChat = Operation(request) == "chat/completions";
        var chunks = isChat ? OpenAIShapes.Chunks("chatcmpl-1", "gpt-4o-mini", answer) : OpenAIShapes.CompletionChunks("cmpl-1", "gpt-4o-mini", answer);
        chunks.ForEach(static chunk => chunk["choices"]![0]!["content_filter_results"] = Verdict());
        if (OpenAIJudge.WantsUsage(body))
        {
            chunks.ForEach(static chunk => chunk["usage"] = null);
            chunks.Add(OpenAIShapes.UsageChunk("chatcmpl-1", "gpt-4o-mini", answer, isChat));
        }

        var first = new JsonObject
        {
            ["choices"] = new JsonArray(),
            ["created"] = 0,
            ["id"] = "",
            ["model"] = "",
            ["object"] = "",
            ["prompt_filter_results"] = PromptVerdicts(),
        };
        return [OpenAIShapes.Event(first), .. chunks.Select(OpenAIShapes.Event), OpenAIShapes.Done];
    }

    protected override JsonNode Whole(HttpRequest request, JsonObject body, TargetAnswer answer)
    {
        if (Operation(request) == "embeddings")
        {
            return OpenAIShapes.Embeddings("text-embedding-3-small", body);
        }

        var whole = Operation(request) == "completions" ? OpenAIShapes.Text("cmpl-1", "gpt-4o-mini", answer) : OpenAIShapes.Chat("chatcmpl-1", "gpt-4o-mini", answer);
        whole["prompt_filter_results"] = PromptVerdicts();
        whole["choices"]![0]!["content_filter_results"] = Verdict();
        return whole;
    }

    protected override JsonNode? Other(HttpRequest request, JsonObject? body) =>
        request.Method == "GET" && request.Path == "/openai/models" && request.Query["api-version"].ToString().Length > 0 ? OpenAIShapes.Models("gpt-4o-mini") : null;

    protected override string ErrorBody(TargetError error) => new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["code"] = error.Kind switch
            {
                TargetErrorKind.ModelNotFound => "DeploymentNotFound",
                TargetErrorKind.ContextTooLong => "context_length_exceeded",
                _ => error.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            ["message"] = error.Message,
        },
    }.ToJsonString();

    protected override TargetError NoSuchPath(HttpRequest request) => new(404, TargetErrorKind.NotFound, "Resource not found");

    private string Operation(HttpRequest request) => request.Path.Value![Math.Min(Prefix.Length, request.Path.Value!.Length)..];

    private static JsonObject Verdict() => new()
    {
        ["hate"] = new JsonObject { ["filtered"] = false, ["severity"] = "safe" },
        ["violence"] = new JsonObject { ["filtered"] = false, ["severity"] = "safe" },
    };

    private static JsonArray PromptVerdicts() => [new JsonObject { ["prompt_index"] = 0, ["content_filter_results"] = Verdict() }];
}
