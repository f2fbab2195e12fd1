using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>A whole message as OpenAI's chat completion.</summary>
internal static class MessageAnswer
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="JsonException">It is no message.</exception>
    public static void Write(ReadOnlyMemory<byte> body, long created, IBufferWriter<byte> output)
    {
        using var document = JsonDocument.Parse(body);
        var message = document.RootElement;
        if (JsonText.Of(message, "type"u8) != "message" || JsonText.Member(message, "content"u8) is not { ValueKind: JsonValueKind.Array } content)
        {
            throw new JsonException("It is no message of Anthropic's API.");
        }

        using var writer = new Utf8JsonWriter(output, Json);
        writer.WriteStartObject();
        writer.WriteString("id"u8, JsonText.Of(message, "id"u8));
        writer.WriteString("object"u8, "chat.completion"u8);
        writer.WriteNumber("created"u8, created);
        writer.WriteString("model"u8, JsonText.Of(message, "model"u8));
        writer.WriteStartArray("choices"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, 0);
        WriteMessage(writer, content);
        writer.WriteString("finish_reason"u8, FinishReasons.Of(Encoding.UTF8.GetBytes(
            JsonText.Of(message, "stop_reason"u8) ?? throw new JsonException("The message does not say why it ended."))));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WritePropertyName("usage"u8);
        Usage(message).Write(writer);
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, JsonElement content)
    {
        var text = Joined(content, "text", "text"u8);
        var thinking = Joined(content, "thinking", "thinking"u8);
        var calls = content.EnumerateArray().Where(static block => JsonText.Of(block, "type"u8) == "tool_use").ToList();

        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("content"u8, text.Length > 0 || calls is [] ? text : null);
        if (thinking.Length > 0)
        {
            writer.WriteString("reasoning_content"u8, thinking);
        }

        if (calls is not [])
        {
            writer.WriteStartArray("tool_calls"u8);
            calls.ForEach(call => WriteCall(writer, call));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter writer, JsonElement call)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, JsonText.Of(call, "id"u8));
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, JsonText.Of(call, "name"u8));
        writer.WriteString("arguments"u8, JsonText.Member(call, "input"u8) is { ValueKind: JsonValueKind.Object } input ? input.GetRawText() : "{}");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Joined(JsonElement content, string type, ReadOnlySpan<byte> member)
    {
        var joined = new StringBuilder();
        foreach (var block in content.EnumerateArray())
        {
            if (JsonText.Of(block, "type"u8) == type)
            {
                joined.Append(JsonText.Of(block, member));
            }
        }

        return joined.ToString();
    }

    private static MessageUsage Usage(JsonElement message)
    {
        var usage = new MessageUsage();
        if (JsonText.Member(message, "usage"u8) is { ValueKind: JsonValueKind.Object } counted)
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(counted.GetRawText()));
            reader.Read();
            usage.Read(ref reader);
        }

        return usage;
    }
}
