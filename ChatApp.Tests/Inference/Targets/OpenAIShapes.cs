using System.Text.Json.Nodes;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>OpenAI's answers, which three kinds of engine give too.</summary>
internal static class OpenAIShapes
{
    public const string Done = "data: [DONE]\n\n";

    public static string Event(JsonNode data) => $"data: {data.ToJsonString()}\n\n";

    public static JsonObject Usage(TargetAnswer answer) => new()
    {
        ["prompt_tokens"] = answer.InputTokens,
        ["completion_tokens"] = answer.OutputTokens,
        ["total_tokens"] = answer.InputTokens + answer.OutputTokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = answer.CachedTokens },
    };

    public static JsonObject Chunk(string id, string model, JsonObject delta, string? finishReason) => new()
    {
        ["id"] = id,
        ["object"] = "chat.completion.chunk",
        ["created"] = 1763700000,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason }),
    };

    /// <summary>A chat in chunks: the role, what it thinks, the text, the tools' calls, the end; neither usage nor <c>[DONE]</c>.</summary>
    public static List<JsonObject> Chunks(string id, string model, TargetAnswer answer)
    {
        var chunks = new List<JsonObject> { Chunk(id, model, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null) };
        chunks.AddRange(answer.Thinking.Select(piece => Chunk(id, model, new JsonObject { ["reasoning_content"] = piece }, null)));
        chunks.AddRange(answer.Pieces.Select(piece => Chunk(id, model, new JsonObject { ["content"] = piece }, null)));
        for (var i = 0; i < answer.ToolCalls.Count; i++)
        {
            var call = answer.ToolCalls[i];
            var index = i;
            chunks.Add(Chunk(id, model, Calls(new JsonObject
            {
                ["index"] = index,
                ["id"] = call.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = "" },
            }), null));
            chunks.AddRange(call.ArgumentPieces.Select(piece => Chunk(
                id, model, Calls(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = piece } }), null)));
        }

        chunks.Add(Chunk(id, model, [], answer.FinishReason));
        return chunks;
    }

    /// <summary>A completion in chunks: neither usage nor <c>[DONE]</c>.</summary>
    public static List<JsonObject> CompletionChunks(string id, string model, TargetAnswer answer) =>
    [
        .. answer.Pieces.Select(piece => Completion(id, model, piece, null)),
        Completion(id, model, "", answer.FinishReason),
    ];

    public static JsonObject UsageChunk(string id, string model, TargetAnswer answer, bool isChat) => new()
    {
        ["id"] = id,
        ["object"] = isChat ? "chat.completion.chunk" : "text_completion",
        ["created"] = 1763700000,
        ["model"] = model,
        ["choices"] = new JsonArray(),
        ["usage"] = Usage(answer),
    };

    public static JsonObject Chat(string id, string model, TargetAnswer answer)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text.Length > 0 || answer.ToolCalls.Count == 0 ? answer.Text : null };
        if (answer.Thinking.Count > 0)
        {
            message["reasoning_content"] = string.Concat(answer.Thinking);
        }

        if (answer.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. answer.ToolCalls.Select(static call => new JsonObject
            {
                ["id"] = call.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
            })]);
        }

        return new JsonObject
        {
            ["id"] = id,
            ["object"] = "chat.completion",
            ["created"] = 1763700000,
            ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = answer.FinishReason }),
            ["usage"] = Usage(answer),
        };
    }

    public static JsonObject Text(string id, string model, TargetAnswer answer)
    {
        var whole = Completion(id, model, answer.Text, answer.FinishReason);
        whole["usage"] = Usage(answer);
        return whole;
    }

    /// <summary>Two numbers a text.</summary>
    public static JsonObject Embeddings(string model, JsonObject body)
    {
        var texts = body["input"] is JsonArray many ? many.Count : 1;
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. Enumerable.Range(0, texts).Select(static i => new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = i,
                ["embedding"] = new JsonArray(0.25, -0.5),
            })]),
            ["model"] = model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = 3 * texts, ["total_tokens"] = 3 * texts },
        };
    }

    public static JsonObject Models(string model) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject { ["id"] = model, ["object"] = "model", ["created"] = 1763700000, ["owned_by"] = "target" }),
    };

    private static JsonObject Calls(JsonObject call) => new() { ["tool_calls"] = new JsonArray(call) };

    private static JsonObject Completion(string id, string model, string text, string? finishReason) => new()
    {
        ["id"] = id,
        ["object"] = "text_completion",
        ["created"] = 1763700000,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["text"] = text, ["logprobs"] = null, ["finish_reason"] = finishReason }),
    };
}
