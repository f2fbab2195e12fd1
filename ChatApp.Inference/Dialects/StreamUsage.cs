using System.Buffers;
using System.Text.Json;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Dialects;

/// <summary>Has the tokens counted in a stream whose caller did not ask for it: <c>stream_options.include_usage</c>, in the published API of OpenAI.</summary>
internal static class StreamUsage
{
    private static readonly ReadOnlyMemory<byte> Options = "{\"include_usage\":true}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Property = "\"stream_options\":{\"include_usage\":true},"u8.ToArray();

    /// <summary>Asks for it where the caller did not; whether the event that tells is then the gateway's alone.</summary>
    public static bool Ask(CallBody body, BodySplice splice)
    {
        if (!body.Streams || body.WantsUsage)
        {
            return false;
        }

        if (body.StreamOptions.Equals(0..0))
        {
            splice.Add(Property);
            return true;
        }

        var said = body.Json[body.StreamOptions];
        if (!body.HasStreamOptions && !said.Span.SequenceEqual("null"u8))
        {
            // No object: the engine says what is wrong with it.
            return false;
        }

        splice.Replace(body.StreamOptions, body.HasStreamOptions ? Merge(said.Span) : Options);
        return true;
    }

    // What else it says stays; its own "include_usage" can only be a no.
    private static ReadOnlyMemory<byte> Merge(ReadOnlySpan<byte> said)
    {
        var merged = new ArrayBufferWriter<byte>(said.Length + 32);
        using var writer = new Utf8JsonWriter(merged);
        writer.WriteStartObject();
        writer.WriteBoolean("include_usage"u8, true);
        var reader = new Utf8JsonReader(said);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = reader.ValueTextEquals("include_usage"u8);
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isUsage)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(said[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return merged.WrittenMemory;
    }
}
