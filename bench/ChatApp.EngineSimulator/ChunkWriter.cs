using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ChatApp.EngineSimulator;

/// <summary>Writes the chunks of a streamed completion. The words are few, so each is encoded once.</summary>
internal static class ChunkWriter
{
    private static readonly JsonEncodedText[] Encoded =
        [.. SimulatedAnswer.Vocabulary.Select(static word => JsonEncodedText.Encode(word, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];

    public static void Role(IBufferWriter<byte> output, byte[] head)
    {
        output.Write(head);
        output.Write("{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n"u8);
    }

    public static void Word(IBufferWriter<byte> output, byte[] head, int word) => Content(output, head, Encoded[word].EncodedUtf8Bytes);

    public static void Text(IBufferWriter<byte> output, byte[] head, string text) =>
        Content(output, head, JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);

    /// <summary><c>t{microseconds since 1970}#{index};</c>: when it is sent, and which token of the answer it is.</summary>
    public static void Stamp(IBufferWriter<byte> output, byte[] head, DateTimeOffset now, int index)
    {
        Span<byte> stamp = stackalloc byte[48];
        _ = Utf8.TryWrite(
            stamp, CultureInfo.InvariantCulture, $"t{(now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}#{index};", out var length);
        Content(output, head, stamp[..length]);
    }

    public static void Finish(IBufferWriter<byte> output, byte[] head, string reason, string? usage)
    {
        output.Write(head);
        output.Write(Encoding.UTF8.GetBytes($"{{}},\"finish_reason\":\"{reason}\"}}]}}\n\n"));
        if (usage is not null)
        {
            output.Write(Encoding.UTF8.GetBytes(usage));
        }

        output.Write("data: [DONE]\n\n"u8);
    }

    /// <summary>What every chunk of an answer begins with.</summary>
    public static byte[] Head(string id, long created, string model) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""data: {"id":"{{id}}","object":"chat.completion.chunk","created":{{created}},"model":{{JsonSerializer.Serialize(model)}},"choices":[{"index":0,"delta":"""));

    /// <summary>The chunk that counts the tokens.</summary>
    public static string Usage(string id, long created, string model, int input, int output) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""data: {"id":"{{{id}}}","object":"chat.completion.chunk","created":{{{created}}},"model":{{{JsonSerializer.Serialize(model)}}},"choices":[],"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input + output}}}}}""") + "\n\n";

    private static void Content(IBufferWriter<byte> output, byte[] head, ReadOnlySpan<byte> encoded)
    {
        output.Write(head);
        output.Write("{\"content\":\""u8);
        output.Write(encoded);
        output.Write("\"},\"finish_reason\":null}]}\n\n"u8);
    }
}
