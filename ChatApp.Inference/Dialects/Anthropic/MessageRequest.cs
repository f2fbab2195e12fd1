using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>
/// A chat as the Messages API wants it. What has no meaning there and changes no answer's shape (<c>seed</c>, penalties, <c>logit_bias</c>) is
/// left out; what would change it (<c>n</c>, <c>logprobs</c>, <c>response_format</c>, audio) is refused.
/// </summary>
internal static class MessageRequest
{
    /// <summary>The bound of an answer where the caller sets none: the API asks for one, and every model of it can write so much.</summary>
    public const int DefaultMaxTokens = 4096;

    /// <summary>What the user says first where the assistant did: the API wants the user to begin.</summary>
    public const string Opening = "(The conversation begins.)";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="DialectException">The API has no words for it.</exception>
    public static ReadOnlyMemory<byte> Write(CallBody body, string model)
    {
        using var document = JsonDocument.Parse(body.Json);
        var root = document.RootElement;
        Refuse(root);
        var conversation = Conversation.Read(root);

        var output = new ArrayBufferWriter<byte>(body.Json.Length + 1024);
        using var writer = new Utf8JsonWriter(output, Json);
        writer.WriteStartObject();
        writer.WriteString("model"u8, model);
        writer.WriteNumber("max_tokens"u8, Math.Max(1, body.MaxTokens ?? DefaultMaxTokens));
        if (body.Streams)
        {
            writer.WriteBoolean("stream"u8, true);
        }

        WriteSampling(writer, body, root);
        ToolWriter.Write(writer, root);
        WriteSystem(writer, conversation.System);
        WriteTurns(writer, conversation.Turns);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void Refuse(JsonElement root)
    {
        if (JsonText.Member(root, "response_format"u8) is { ValueKind: JsonValueKind.Object } format && JsonText.Of(format, "type"u8) != "text")
        {
            throw new DialectException("Anthropic's API is asked for texts only: no 'response_format' but text.");
        }

        if (JsonText.Member(root, "n"u8) is { ValueKind: JsonValueKind.Number } n && !(n.TryGetInt32(out var answers) && answers == 1))
        {
            throw new DialectException("Anthropic's API gives one answer: no 'n' but 1.");
        }

        if (JsonText.Member(root, "logprobs"u8).ValueKind == JsonValueKind.True)
        {
            throw new DialectException("Anthropic's API tells no 'logprobs'.");
        }

        if (JsonText.Member(root, "audio"u8).ValueKind == JsonValueKind.Object || JsonText.Member(root, "functions"u8).ValueKind == JsonValueKind.Array)
        {
            throw new DialectException("Anthropic's API has no 'audio', and tools instead of 'functions'.");
        }
    }

    private static void WriteSampling(Utf8JsonWriter writer, CallBody body, JsonElement root)
    {
        if (body.Temperature is { } temperature)
        {
            // OpenAI's go to 2.
            writer.WriteNumber("temperature"u8, Math.Clamp(temperature, 0, 1));
        }
        else if (JsonText.Member(root, "top_p"u8) is { ValueKind: JsonValueKind.Number } topP)
        {
            // One of the two: newer models refuse both together.
            writer.WritePropertyName("top_p"u8);
            topP.WriteTo(writer);
        }

        if (JsonText.Member(root, "top_k"u8) is { ValueKind: JsonValueKind.Number } topK)
        {
            writer.WritePropertyName("top_k"u8);
            topK.WriteTo(writer);
        }

        WriteStops(writer, JsonText.Member(root, "stop"u8));
        if (JsonText.Member(root, "thinking"u8) is { ValueKind: JsonValueKind.Object } thinking)
        {
            // Not OpenAI's: a caller who knows the API may say how long the model thinks.
            writer.WritePropertyName("thinking"u8);
            thinking.WriteTo(writer);
        }

        if (body.User is { } user)
        {
            writer.WriteStartObject("metadata"u8);
            writer.WriteString("user_id"u8, user);
            writer.WriteEndObject();
        }
    }

    private static void WriteStops(Utf8JsonWriter writer, JsonElement stop)
    {
        var stops = stop.ValueKind switch
        {
            JsonValueKind.String => [stop],
            JsonValueKind.Array => stop.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.String).ToList(),
            _ => (List<JsonElement>)[],
        };
        if (stops is [])
        {
            return;
        }

        writer.WriteStartArray("stop_sequences"u8);
        foreach (var one in stops)
        {
            if (string.IsNullOrWhiteSpace(one.GetString()))
            {
                throw new DialectException("Anthropic's API takes no 'stop' of white space alone.");
            }

            one.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    // Its end is the first breakpoint of the provider's cache: tools and system are the same in every call of a character's.
    private static void WriteSystem(Utf8JsonWriter writer, List<JsonElement> system)
    {
        if (system is [])
        {
            return;
        }

        writer.WriteStartArray("system"u8);
        for (var i = 0; i < system.Count; i++)
        {
            BlockWriter.Write(writer, new Block(BlockKind.Text, system[i]), isBreakpoint: i == system.Count - 1);
        }

        writer.WriteEndArray();
    }

    // The second breakpoint is the end of the newest answer before what is asked now: the next call begins with the same.
    private static void WriteTurns(Utf8JsonWriter writer, List<MessageTurn> turns)
    {
        var asked = turns.FindLastIndex(static turn => !turn.IsAssistant);
        writer.WriteStartArray("messages"u8);
        if (turns[0].IsAssistant)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, "user"u8);
            writer.WriteString("content"u8, Opening);
            writer.WriteEndObject();
        }

        for (var i = 0; i < turns.Count; i++)
        {
            var (turn, isPrefill) = (turns[i], turns[i].IsAssistant && i == turns.Count - 1);
            writer.WriteStartObject();
            writer.WriteString("role"u8, turn.IsAssistant ? "assistant"u8 : "user"u8);
            writer.WriteStartArray("content"u8);
            for (var j = 0; j < turn.Blocks.Count; j++)
            {
                var isEnd = j == turn.Blocks.Count - 1;
                BlockWriter.Write(writer, turn.Blocks[j], isBreakpoint: isEnd && i == asked - 1, isLast: isEnd && isPrefill);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
