using System.Text.Json.Nodes;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>The Messages API's answers.</summary>
internal static class AnthropicShapes
{
    public static IReadOnlyList<string> Events(string model, TargetAnswer answer)
    {
        var usage = Usage(answer);
        usage["output_tokens"] = 1;
        var events = new List<string>
        {
            Event("message_start", new JsonObject
            {
                ["message"] = new JsonObject
                {
                    ["id"] = "msg_1",
                    ["type"] = "message",
                    ["role"] = "assistant",
                    ["model"] = model,
                    ["content"] = new JsonArray(),
                    ["stop_reason"] = null,
                    ["stop_sequence"] = null,
                    ["usage"] = usage,
                },
            }),
        };
        var index = 0;
        if (answer.Thinking.Count > 0)
        {
            events.Add(Start(index, new JsonObject { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" }));
            events.AddRange(answer.Thinking.Select(piece => Delta(index, new JsonObject { ["type"] = "thinking_delta", ["thinking"] = piece })));
            events.Add(Delta(index, new JsonObject { ["type"] = "signature_delta", ["signature"] = "EqQBCgIYAhIM" }));
            events.Add(Stop(index++));
        }

        if (answer.Pieces.Count > 0)
        {
            events.Add(Start(index, new JsonObject { ["type"] = "text", ["text"] = "" }));
            events.Add(Event("ping", []));
            events.AddRange(answer.Pieces.Select(piece => Delta(index, new JsonObject { ["type"] = "text_delta", ["text"] = piece })));
            events.Add(Stop(index++));
        }

        foreach (var call in answer.ToolCalls)
        {
            events.Add(Start(index, new JsonObject { ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = new JsonObject() }));
            events.Add(Delta(index, new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = "" }));
            events.AddRange(call.ArgumentPieces.Select(piece => Delta(index, new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece })));
            events.Add(Stop(index++));
        }

        events.Add(Event("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = StopReason(answer), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = answer.OutputTokens },
        }));
        events.Add(Event("message_stop", []));
        return events;
    }

    public static JsonObject Message(string model, TargetAnswer answer)
    {
        var content = new JsonArray();
        if (answer.Thinking.Count > 0)
        {
            content.Add(new JsonObject { ["type"] = "thinking", ["thinking"] = string.Concat(answer.Thinking), ["signature"] = "EqQBCgIYAhIM" });
        }

        if (answer.Pieces.Count > 0)
        {
            content.Add(new JsonObject { ["type"] = "text", ["text"] = answer.Text });
        }

        foreach (var call in answer.ToolCalls)
        {
            content.Add(new JsonObject { ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = JsonNode.Parse(call.Arguments) });
        }

        return new JsonObject
        {
            ["id"] = "msg_1",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = model,
            ["content"] = content,
            ["stop_reason"] = StopReason(answer),
            ["stop_sequence"] = null,
            ["usage"] = Usage(answer),
        };
    }

    // What is read from the cache is not among the input tokens.
    private static JsonObject Usage(TargetAnswer answer) => new()
    {
        ["input_tokens"] = answer.InputTokens - answer.CachedTokens,
        ["cache_creation_input_tokens"] = 0,
        ["cache_read_input_tokens"] = answer.CachedTokens,
        ["output_tokens"] = answer.OutputTokens,
    };

    private static string StopReason(TargetAnswer answer) => answer.FinishReason switch
    {
        "length" => "max_tokens",
        "tool_calls" => "tool_use",
        "content_filter" => "refusal",
        _ => "end_turn",
    };

    private static string Start(int index, JsonObject block) => Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = block });

    private static string Delta(int index, JsonObject delta) => Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });

    private static string Stop(int index) => Event("content_block_stop", new JsonObject { ["index"] = index });

    private static string Event(string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        return $"event: {type}\ndata: {data.ToJsonString()}\n\n";
    }
}
