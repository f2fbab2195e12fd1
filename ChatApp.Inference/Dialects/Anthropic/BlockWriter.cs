using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>Writes blocks in the Messages API's words.</summary>
internal static class BlockWriter
{
    private static readonly string[] ImageTypes = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    /// <summary>Writes a block.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="block">The block.</param>
    /// <param name="isBreakpoint">Whether what comes up to its end is worth keeping in the provider's cache.</param>
    /// <param name="isLast">Whether an answer goes on from its end, which must be no white space then.</param>
    public static void Write(Utf8JsonWriter writer, Block block, bool isBreakpoint = false, bool isLast = false)
    {
        writer.WriteStartObject();
        switch (block.Kind)
        {
            case BlockKind.Text:
                writer.WriteString("type"u8, "text"u8);
                WriteText(writer, block.Source, isLast);
                break;
            case BlockKind.Image:
                writer.WriteString("type"u8, "image"u8);
                WriteSource(writer, block.Source.ValueKind == JsonValueKind.String ? block.Source.GetString() : JsonText.Of(block.Source, "url"u8));
                break;
            case BlockKind.ToolUse:
                WriteToolUse(writer, block.Source);
                break;
            default:
                WriteToolResult(writer, block.Source);
                break;
        }

        if (isBreakpoint)
        {
            writer.WriteStartObject("cache_control"u8);
            writer.WriteString("type"u8, "ephemeral"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement text, bool isLast)
    {
        writer.WritePropertyName("text"u8);
        if (isLast)
        {
            writer.WriteStringValue(text.GetString()!.TrimEnd());
        }
        else
        {
            text.WriteTo(writer);
        }
    }

    private static void WriteSource(Utf8JsonWriter writer, string? address)
    {
        writer.WriteStartObject("source"u8);
        if (address is not null && address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            var comma = address.IndexOf(',', StringComparison.Ordinal);
            var (type, coding) = comma > 0 && address[5..comma].Split(';') is [var first, .., var last] ? (first.ToLowerInvariant(), last) : ("", "");
            if (!ImageTypes.Contains(type) || coding != "base64")
            {
                throw new DialectException($"Anthropic's API takes images as base64 of {string.Join(", ", ImageTypes)}.");
            }

            writer.WriteString("type"u8, "base64"u8);
            writer.WriteString("media_type"u8, type);
            writer.WriteString("data"u8, address.AsSpan(comma + 1));
        }
        else if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
        {
            writer.WriteString("type"u8, "url"u8);
            writer.WriteString("url"u8, address);
        }
        else
        {
            throw new DialectException("Anthropic's API takes images from https addresses, or as data: addresses.");
        }

        writer.WriteEndObject();
    }

    private static void WriteToolUse(Utf8JsonWriter writer, JsonElement call)
    {
        var function = JsonText.Member(call, "function"u8);
        if (JsonText.Of(call, "id"u8) is not { Length: > 0 } id || JsonText.Of(function, "name"u8) is not { Length: > 0 } name)
        {
            throw new DialectException("Every entry of 'tool_calls' needs an 'id' and a function's 'name'.");
        }

        writer.WriteString("type"u8, "tool_use"u8);
        writer.WriteString("id"u8, id);
        writer.WriteString("name"u8, name);
        writer.WritePropertyName("input"u8);
        var arguments = JsonText.Of(function, "arguments"u8);
        if (string.IsNullOrWhiteSpace(arguments))
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
            return;
        }

        try
        {
            using var input = JsonDocument.Parse(arguments);
            if (input.RootElement.ValueKind == JsonValueKind.Object)
            {
                input.RootElement.WriteTo(writer);
                return;
            }
        }
        catch (JsonException)
        {
            // Said below: a text is no arguments either.
        }

        throw new DialectException("Anthropic's API wants the 'arguments' of a tool's call to be a JSON object.");
    }

    private static void WriteToolResult(Utf8JsonWriter writer, JsonElement message)
    {
        writer.WriteString("type"u8, "tool_result"u8);
        writer.WriteString("tool_use_id"u8, JsonText.Of(message, "tool_call_id"u8) ?? throw new DialectException("A message of role 'tool' needs a 'tool_call_id'."));
        writer.WriteStartArray("content"u8);
        foreach (var part in Conversation.Parts(JsonText.Member(message, "content"u8)))
        {
            Write(writer, part);
        }

        writer.WriteEndArray();
    }
}
