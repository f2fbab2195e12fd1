using System.Text;
using System.Text.Json;

namespace ChatApp.Inference.Calls;

/// <summary>A request's body as it came, and what the gateway has to know of it. Read once, without building the document.</summary>
internal sealed record CallBody(ReadOnlyMemory<byte> Json, string Model, Range ModelValue)
{
    private const int MaximumName = 256;

    /// <summary>Whether the answer is wanted as a stream of events.</summary>
    public bool Streams { get; private init; }

    /// <summary>Whether the caller wants the tokens counted in the stream (<c>stream_options.include_usage</c>).</summary>
    public bool WantsUsage { get; private init; }

    /// <summary>Whether there is a <c>stream_options</c> at all.</summary>
    public bool HasStreamOptions { get; private init; }

    /// <summary>Where the value of <c>stream_options</c> is in <see cref="Json"/>; empty when there is none.</summary>
    public Range StreamOptions { get; private init; }

    /// <summary>Whether <c>cache_prompt</c> is said, either way.</summary>
    public bool HasCachePrompt { get; private init; }

    /// <summary>Whether there is a <c>max_tokens</c>, which some engines know alone.</summary>
    public bool HasMaxTokens { get; private init; }

    /// <summary><c>max_completion_tokens</c>, else <c>max_tokens</c>; null when neither is there.</summary>
    public int? MaxTokens { get; private init; }

    /// <summary><c>temperature</c>; null when it is not there.</summary>
    public double? Temperature { get; private init; }

    /// <summary><c>user</c>; null when it is not there.</summary>
    public string? User { get; private init; }

    /// <summary><c>prompt_cache_key</c>; null when it is not there.</summary>
    public string? PromptCacheKey { get; private init; }

    /// <summary>Whether tools are offered to the model.</summary>
    public bool HasTools { get; private init; }

    /// <summary>Where <c>messages</c>, <c>prompt</c> or <c>input</c> is in <see cref="Json"/>, brackets and quotes included; empty when there is none.</summary>
    public Range Prompt { get; private init; }

    /// <summary>The prompt's bytes.</summary>
    public ReadOnlySpan<byte> PromptBytes => Json.Span[Prompt];

    /// <summary>Reads a body; null when it is not a JSON object with the text <c>model</c>.</summary>
    public static CallBody? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return ReadObject(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The caller gets a 400 that says what was expected.
            return null;
        }
    }

    private static CallBody? ReadObject(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var body = new CallBody(json, "", default) { Prompt = 0..0, StreamOptions = 0..0 };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan.Length <= 32 ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            body = name switch
            {
                "model" => reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaximumName
                    ? body with { Model = reader.GetString()!, ModelValue = start..(int)reader.BytesConsumed }
                    : body with { Model = "" },
                "stream" => body with { Streams = reader.TokenType == JsonTokenType.True },
                "max_completion_tokens" => body with { MaxTokens = Whole(reader) ?? body.MaxTokens },
                "max_tokens" => body with { MaxTokens = body.MaxTokens ?? Whole(reader), HasMaxTokens = reader.TokenType == JsonTokenType.Number },
                "cache_prompt" => body with { HasCachePrompt = true },
                "temperature" => body with { Temperature = reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null },
                "user" => body with { User = Text(reader) },
                "prompt_cache_key" => body with { PromptCacheKey = Text(reader) },
                "tools" => body with { HasTools = reader.TokenType == JsonTokenType.StartArray },
                "stream_options" => body with { HasStreamOptions = reader.TokenType == JsonTokenType.StartObject, WantsUsage = IncludesUsage(reader) },
                _ => body,
            };
            reader.Skip();
            if (name is "messages" or "prompt" or "input")
            {
                body = body with { Prompt = start..(int)reader.BytesConsumed };
            }
            else if (name is "stream_options")
            {
                body = body with { StreamOptions = start..(int)reader.BytesConsumed };
            }
        }

        // To the end: what follows half an object is no object.
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && body.Model.Length > 0 ? body : null;
    }

    private static int? Whole(Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number >= 0 ? number : null;

    private static string? Text(Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= MaximumName ? reader.GetString() : null;

    private static bool IncludesUsage(Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        while (reader.TokenType == JsonTokenType.StartObject ? reader.Read() : reader.CurrentDepth > depth && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("include_usage"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.True;
            }
        }

        return false;
    }
}
