using System.Text.Json;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Forwarding;

/// <summary>Reads an answer in OpenAI's shape, or one event of it, in one pass and without keeping anything of the text.</summary>
internal static class AnswerReader
{
    private const int LongestName = 200;

    /// <summary>Reads it, and notes in <paramref name="usage"/> what it took.</summary>
    /// <exception cref="JsonException">It is not one whole JSON object.</exception>
    public static AnswerFacts Read(ReadOnlySpan<byte> json, CallUsage usage)
    {
        var facts = default(AnswerFacts);
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is not an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                reader.Read();
                ReadChoices(ref reader, ref facts, usage);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, ref facts, usage);
            }
            else if (reader.ValueTextEquals("timings"u8))
            {
                reader.Read();
                ReadTimings(ref reader, usage);
            }
            else if (usage.ResponseModel is null && reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                usage.ResponseModel = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LongestName ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                facts.HasError = reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                facts.HasData = reader.TokenType == JsonTokenType.StartArray;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // To the end: what follows an object makes it none.
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? facts : throw new JsonException("It is not one whole object.");
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ref AnswerFacts facts, CallUsage usage)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        facts.HasChoices = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            facts.HasChoice = true;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("A choice is not an object.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
                {
                    reader.Read();
                    ReadDelta(ref reader, ref facts);
                }
                else if (reader.ValueTextEquals("text"u8))
                {
                    reader.Read();
                    facts.HasPiece |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
                    reader.Skip();
                }
                else if (reader.ValueTextEquals("finish_reason"u8))
                {
                    reader.Read();
                    ReadFinish(ref reader, ref facts, usage);
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }
        }
    }

    // Anything in it but the role: text, thoughts, tool calls, a refusal, sound.
    private static void ReadDelta(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = reader.ValueTextEquals("role"u8);
            reader.Read();
            facts.HasPiece |= !isRole && reader.TokenType switch
            {
                JsonTokenType.String => reader.ValueSpan.Length > 0,
                JsonTokenType.StartObject => true,
                JsonTokenType.StartArray => !IsEmptyArray(reader),
                _ => false,
            };
            reader.Skip();
        }
    }

    // By value: the copy reads ahead, the original stays where it is.
    private static bool IsEmptyArray(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    private static void ReadFinish(ref Utf8JsonReader reader, ref AnswerFacts facts, CallUsage usage)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0)
        {
            facts.HasFinish = true;
            usage.FinishReason = reader.ValueTextEquals("stop"u8) ? "stop"
                : reader.ValueTextEquals("length"u8) ? "length"
                : reader.ValueTextEquals("tool_calls"u8) ? "tool_calls"
                : reader.ValueSpan.Length <= LongestName ? reader.GetString() : "other";
        }

        reader.Skip();
    }

    private static void ReadUsage(ref Utf8JsonReader reader, ref AnswerFacts facts, CallUsage usage)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        facts.HasUsage = true;
        usage.IsCounted = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                usage.InputTokens = Number(ref reader, usage.InputTokens);
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                usage.OutputTokens = Number(ref reader, usage.OutputTokens);
            }
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
            {
                reader.Read();
                ReadCached(ref reader, usage, "cached_tokens"u8);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static void ReadTimings(ref Utf8JsonReader reader, CallUsage usage) => ReadCached(ref reader, usage, "cache_n"u8);

    private static void ReadCached(ref Utf8JsonReader reader, CallUsage usage, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                usage.CachedTokens = Math.Max(usage.CachedTokens, Number(ref reader, 0));
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static long Number(ref Utf8JsonReader reader, long otherwise)
    {
        reader.Read();
        var number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value >= 0 ? value : otherwise;
        reader.Skip();
        return number;
    }
}
