using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>Writes the tools that the model may call, and whether it must.</summary>
internal static class ToolWriter
{
    public static void Write(Utf8JsonWriter writer, JsonElement body)
    {
        if (JsonText.Member(body, "tools"u8) is not { ValueKind: JsonValueKind.Array } tools || tools.GetArrayLength() == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools.EnumerateArray())
        {
            WriteTool(writer, tool);
        }

        writer.WriteEndArray();
        WriteChoice(writer, JsonText.Member(body, "tool_choice"u8), isOneAtATime: JsonText.Member(body, "parallel_tool_calls"u8).ValueKind == JsonValueKind.False);
    }

    private static void WriteTool(Utf8JsonWriter writer, JsonElement tool)
    {
        var function = JsonText.Member(tool, "function"u8);
        if (JsonText.Of(tool, "type"u8) != "function" || JsonText.Of(function, "name"u8) is not { Length: > 0 } name)
        {
            throw new DialectException("Anthropic's API is asked with tools that are functions with a name.");
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        if (JsonText.Of(function, "description"u8) is { Length: > 0 } description)
        {
            writer.WriteString("description"u8, description);
        }

        writer.WritePropertyName("input_schema"u8);
        if (JsonText.Member(function, "parameters"u8) is { ValueKind: JsonValueKind.Object } parameters && parameters.TryGetProperty("type"u8, out _))
        {
            parameters.WriteTo(writer);
        }
        else
        {
            // A function without parameters.
            writer.WriteStartObject();
            writer.WriteString("type"u8, "object"u8);
            writer.WriteStartObject("properties"u8);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, JsonElement choice, bool isOneAtATime)
    {
        var named = JsonText.Of(JsonText.Member(choice, "function"u8), "name"u8);
        var type = choice.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => isOneAtATime ? "auto" : null,
            JsonValueKind.String => choice.GetString() switch
            {
                "auto" => "auto",
                "required" => "any",
                "none" => "none",
                _ => throw Unknown(),
            },
            _ => named is not null ? "tool" : throw Unknown(),
        };
        if (type is null)
        {
            return;
        }

        writer.WriteStartObject("tool_choice"u8);
        writer.WriteString("type"u8, type);
        if (named is not null)
        {
            writer.WriteString("name"u8, named);
        }

        if (isOneAtATime && type != "none")
        {
            writer.WriteBoolean("disable_parallel_tool_use"u8, true);
        }

        writer.WriteEndObject();
    }

    private static DialectException Unknown() => new("Anthropic's API knows the tool choices auto, required, none and one function by its name.");
}
