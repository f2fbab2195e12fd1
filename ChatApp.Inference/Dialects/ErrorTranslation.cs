using System.Buffers;
using System.Text.Json;

namespace ChatApp.Inference.Dialects;

/// <summary>
/// Errors that are the caller's to know, in OpenAI's shape, whatever shape they came in: <c>{"error":{"message"}}</c> (OpenAI,
/// llama-server, Azure, Anthropic), <c>{"error":"…"}</c> (Ollama), <c>{"message"}</c> (older vLLM), <c>{"detail"}</c>, or no JSON at all, of which
/// nothing is passed on.
/// </summary>
internal static class ErrorTranslation
{
    private const int MaximumMessage = 2000;
    private const int MaximumWord = 64;

    public static ReadOnlyMemory<byte> ToOpenAI(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Write(status, document.RootElement);
        }
        catch (JsonException)
        {
            return Write(status, default);
        }
    }

    private static ReadOnlyMemory<byte> Write(int status, JsonElement root)
    {
        var error = Member(root, "error");
        var detail = error.ValueKind == JsonValueKind.Object ? error : root;
        var message = Text(Member(detail, "message"), MaximumMessage) ?? Text(error, MaximumMessage) ?? Text(Member(root, "detail"), MaximumMessage)
            ?? $"The engine answered {status} and did not say why.";

        var output = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, message);
        writer.WriteString("type"u8, TypeOf(status));
        writer.WriteString("param"u8, Text(Member(detail, "param"), MaximumWord));
        writer.WriteString("code"u8, CodeOf(status, detail, message));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static string TypeOf(int status) => status >= 500 ? "server_error" : "invalid_request_error";

    private static string? CodeOf(int status, JsonElement detail, string message)
    {
        if (Text(Member(detail, "code"), MaximumWord) is { } code && !int.TryParse(code, out _))
        {
            return code;
        }

        // A prompt too long is what a caller can do something about, so it has one name from every kind.
        if (Text(Member(detail, "type"), MaximumWord) is "exceed_context_size_error"
            || message.StartsWith("prompt is too long", StringComparison.OrdinalIgnoreCase)
            || message.Contains("context length", StringComparison.OrdinalIgnoreCase))
        {
            return "context_length_exceeded";
        }

        return status switch
        {
            404 => "model_not_found",
            413 => "request_too_large",
            _ => null,
        };
    }

    private static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement value, int most) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text[..Math.Min(text.Length, most)] : null;
}
