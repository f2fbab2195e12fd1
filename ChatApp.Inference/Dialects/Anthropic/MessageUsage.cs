using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>
/// The tokens of an answer. The API counts those of the prompt that were read from its cache, and those that were written to it, apart
/// from the rest; OpenAI's <c>prompt_tokens</c> has all of them.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct MessageUsage
{
    public long Input;
    public long CacheWritten;
    public long CacheRead;
    public long Output;

    public readonly long Prompt => Input + CacheWritten + CacheRead;

    /// <summary>Reads an object at whose start the reader is, to its end. Later counts replace earlier ones: they are totals so far.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var which = reader.ValueTextEquals("input_tokens"u8) ? 1
                : reader.ValueTextEquals("cache_creation_input_tokens"u8) ? 2
                : reader.ValueTextEquals("cache_read_input_tokens"u8) ? 3
                : reader.ValueTextEquals("output_tokens"u8) ? 4 : 0;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var tokens))
            {
                reader.Skip();
                continue;
            }

            switch (which)
            {
                case 1:
                    Input = tokens;
                    break;
                case 2:
                    CacheWritten = tokens;
                    break;
                case 3:
                    CacheRead = tokens;
                    break;
                case 4:
                    Output = tokens;
                    break;
            }
        }
    }

    /// <summary>Writes the value of <c>usage</c> as OpenAI does.</summary>
    public readonly void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("prompt_tokens"u8, Prompt);
        writer.WriteNumber("completion_tokens"u8, Output);
        writer.WriteNumber("total_tokens"u8, Prompt + Output);
        writer.WriteStartObject("prompt_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, CacheRead);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
