using System.Buffers;
using System.Text.Json;

namespace ChatApp.Inference.Routing.Auto;

/// <summary>Measures a conversation on its JSON as it came: one pass finds the messages of the user, and the last few are looked at.</summary>
internal static class ComplexityReading
{
    /// <summary>Messages of the user that count: one that was hard keeps the conversation hard for so many.</summary>
    public const int Remembered = 8;

    /// <summary>Measures messages, or a prompt.</summary>
    /// <param name="prompt">The value of <c>messages</c> or <c>prompt</c>; what is not as it should be counts as nothing said.</param>
    /// <param name="hasTools">Whether tools are offered.</param>
    public static Complexity Measure(ReadOnlySpan<byte> prompt, bool hasTools)
    {
        try
        {
            var reader = new Utf8JsonReader(prompt);
            return reader.Read() && reader.TokenType == JsonTokenType.StartArray ? OfMessages(prompt, ref reader, hasTools) : OfText(prompt, hasTools);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The engine says what is wrong with it.
            return default;
        }
    }

    private static Complexity OfText(ReadOnlySpan<byte> prompt, bool hasTools)
    {
        var features = default(TextFeatures);
        var hasImages = false;
        AddContent(prompt, ref features, ref hasImages);
        var score = features.Bytes == 0 ? 0 : ComplexityScore.Of(features, hasTools, 0);
        return new Complexity(score, score, false);
    }

    private static Complexity OfMessages(ReadOnlySpan<byte> messages, ref Utf8JsonReader reader, bool hasTools)
    {
        // The contents of the user's last messages: where each is.
        Span<(int Start, int End)> last = stackalloc (int, int)[Remembered];
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var isUser = false;
            (int Start, int End) content = default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isRole = reader.ValueTextEquals("role"u8);
                var isContent = reader.ValueTextEquals("content"u8);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                isUser |= isRole && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("user"u8);
                reader.Skip();
                content = isContent ? (start, (int)reader.BytesConsumed) : content;
            }

            if (isUser && content.End > 0)
            {
                last[count++ % Remembered] = content;
            }
        }

        var newest = 0.0;
        var highest = 0.0;
        var hasImages = false;
        for (var i = Math.Max(0, count - Remembered); i < count; i++)
        {
            var features = default(TextFeatures);
            var (start, end) = last[i % Remembered];
            AddContent(messages[start..end], ref features, ref hasImages);
            newest = ComplexityScore.Of(features, hasTools, i);
            highest = Math.Max(highest, newest);
        }

        return new Complexity(newest, highest, hasImages);
    }

    // A text, or an array of parts of which some have one.
    private static void AddContent(ReadOnlySpan<byte> content, ref TextFeatures features, ref bool hasImages)
    {
        var reader = new Utf8JsonReader(content);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                hasImages |= reader.ValueTextEquals("image_url"u8);
                var isText = reader.ValueTextEquals("text"u8);
                reader.Read();
                if (isText && reader.TokenType == JsonTokenType.String)
                {
                    AddText(ref reader, ref features);
                }
                else
                {
                    reader.Skip();
                }
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                AddText(ref reader, ref features);
            }
        }
    }

    private static void AddText(ref Utf8JsonReader reader, ref TextFeatures features)
    {
        if (!reader.ValueIsEscaped)
        {
            features.Add(reader.ValueSpan);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            features.Add(buffer.AsSpan(0, reader.CopyString(buffer)));
        }
        finally
        {
            // A prompt is not left behind for the next who rents.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
