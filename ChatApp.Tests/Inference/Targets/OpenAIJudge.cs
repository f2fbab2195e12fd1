using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>What servers with OpenAI's API find wrong with a body, whatever their words for it.</summary>
internal static class OpenAIJudge
{
    public static TargetError? Body(string path, JsonObject body)
    {
        if (body["model"] is not JsonValue model || model.GetValueKind() != JsonValueKind.String)
        {
            return Wrong("you must provide a model parameter");
        }

        var missing = path switch
        {
            "/v1/embeddings" => body["input"] is null ? "input" : null,
            "/v1/completions" => body["prompt"] is null ? "prompt" : null,
            _ => body["messages"] is JsonArray { Count: > 0 } ? null : "messages",
        };
        if (missing is not null)
        {
            return Wrong($"Missing required parameter: '{missing}'.");
        }

        var streams = body["stream"]?.GetValueKind() == JsonValueKind.True;
        if (body["stream_options"] is not null && !streams)
        {
            return Wrong("The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        }

        return body["stream_options"] is { } options && options is not JsonObject ? Wrong("Invalid type for 'stream_options'.") : Tools(body);
    }

    public static bool WantsUsage(JsonObject body) => body["stream_options"]?["include_usage"]?.GetValueKind() == JsonValueKind.True;

    // A tool's answer belongs to a call that the assistant made just before.
    private static TargetError? Tools(JsonObject body)
    {
        var called = new HashSet<string>();
        foreach (var message in body["messages"] as JsonArray ?? [])
        {
            foreach (var call in message!["tool_calls"] as JsonArray ?? [])
            {
                called.Add((string)call!["id"]!);
            }

            if ((string?)message["role"] == "tool" && !called.Contains((string?)message["tool_call_id"] ?? ""))
            {
                return Wrong("Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.");
            }
        }

        return null;
    }

    private static TargetError Wrong(string message) => new(400, TargetErrorKind.InvalidRequest, message);
}
