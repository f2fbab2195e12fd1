using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>What the Messages API finds wrong with a body.</summary>
internal static class AnthropicJudge
{
    private static readonly string[] Known =
    [
        "model", "max_tokens", "messages", "system", "stream", "temperature", "top_p", "top_k", "stop_sequences", "tools", "tool_choice", "metadata", "thinking",
        "service_tier", "container", "context_management", "mcp_servers", "output_config", "cache_control", "inference_geo",
    ];

    private static readonly string[] Blocks = ["text", "image", "document", "tool_use", "tool_result", "thinking", "redacted_thinking", "search_result"];

    public static TargetError? Body(JsonObject body, string model)
    {
        var wrong = body.Select(static pair => pair.Key).FirstOrDefault(static name => !Known.Contains(name)) is { } extra ? $"{extra}: Extra inputs are not permitted"
            : body["model"]?.GetValueKind() != JsonValueKind.String ? "model: Field required"
            : body["max_tokens"]?.GetValueKind() != JsonValueKind.Number ? "max_tokens: Field required"
            : (int)body["max_tokens"]! < 1 ? "max_tokens: Input should be greater than or equal to 1"
            : body["temperature"] is { } temperature && (double)temperature is < 0 or > 1 ? "temperature: range: 0..1"
            : body["messages"] is not JsonArray { Count: > 0 } messages ? "messages: at least one message is required"
            : Messages(messages) ?? Tools(body);
        if (wrong is not null)
        {
            return new TargetError(400, TargetErrorKind.InvalidRequest, wrong);
        }

        return (string)body["model"]! == model ? null : new TargetError(404, TargetErrorKind.ModelNotFound, $"model: {(string)body["model"]!}");
    }

    private static string? Messages(JsonArray messages)
    {
        var open = new HashSet<string>();
        var breakpoints = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            var role = (string?)messages[i]!["role"];
            if (role is not ("user" or "assistant"))
            {
                return $"messages: Unexpected role \"{role}\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role.";
            }

            if (i == 0 && role != "user")
            {
                return "messages: first message must use the \"user\" role";
            }

            var content = messages[i]!["content"];
            var blocks = content is JsonArray array ? array : [new JsonObject { ["type"] = "text", ["text"] = (string?)content }];
            if (blocks.Count == 0)
            {
                return $"messages.{i}: content must be non-empty";
            }

            foreach (var block in blocks)
            {
                breakpoints += block!["cache_control"] is null ? 0 : 1;
                if (Block(block.AsObject(), i, role, open) is { } wrong)
                {
                    return wrong;
                }
            }

            if (role == "user" && open.Count > 0)
            {
                return $"messages.{i}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}.";
            }

            if (role == "assistant" && i == messages.Count - 1 && blocks[^1]!["text"] is { } text && ((string)text!).Length > 0 && char.IsWhiteSpace(((string)text!)[^1]))
            {
                return "messages: final assistant content cannot end with trailing whitespace";
            }
        }

        return breakpoints > 4 ? "A maximum of 4 blocks with cache_control may be provided." : null;
    }

    private static string? Block(JsonObject block, int i, string role, HashSet<string> open)
    {
        switch ((string?)block["type"])
        {
            case "text":
                return string.IsNullOrEmpty((string?)block["text"]) ? "messages: text content blocks must be non-empty" : null;
            case "image":
                return block["source"]?["type"] is null ? $"messages.{i}.content.0.image.source: Field required" : null;
            case "tool_use":
                open.Add((string)block["id"]!);
                return role == "assistant" && block["name"] is not null && block["input"] is JsonObject ? null : $"messages.{i}: tool_use needs name and input";
            case "tool_result":
                return role == "user" && open.Remove((string?)block["tool_use_id"] ?? "") ? null : $"messages.{i}: unexpected `tool_use_id` found in `tool_result` blocks";
            case var type:
                return Blocks.Contains(type) ? null : $"messages.{i}.content.0: Input tag '{type}' found using 'type' does not match any of the expected tags";
        }
    }

    private static string? Tools(JsonObject body)
    {
        foreach (var tool in body["tools"] as JsonArray ?? [])
        {
            if ((string?)tool!["name"] is not { Length: > 0 and <= 128 } || (string?)tool["input_schema"]?["type"] != "object")
            {
                return "tools.0: name and input_schema with type object are required";
            }
        }

        if (body["tool_choice"] is { } choice && (string?)choice["type"] is not ("auto" or "any" or "tool" or "none"))
        {
            return "tool_choice: Input tag does not match any of the expected tags";
        }

        return body["tool_choice"] is not null && body["tools"] is null ? "tool_choice may only be specified while providing tools" : null;
    }
}
