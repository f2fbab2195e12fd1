using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>
/// What an event of the Messages API says, read in one pass and without copying: the texts are as they stand in the JSON, escapes
/// included, so that they can be put into other JSON as they are. What is not there is empty.
/// </summary>
internal ref struct MessageEvent
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> MessageId;
    public ReadOnlySpan<byte> Model;
    public ReadOnlySpan<byte> BlockType;
    public ReadOnlySpan<byte> BlockId;
    public ReadOnlySpan<byte> BlockName;
    public ReadOnlySpan<byte> DeltaType;
    public ReadOnlySpan<byte> Text;
    public ReadOnlySpan<byte> Thinking;
    public ReadOnlySpan<byte> PartialJson;
    public ReadOnlySpan<byte> StopReason;
    public ReadOnlySpan<byte> ErrorType;

    /// <summary>Reads an event's data; what it counts goes into the usage.</summary>
    /// <exception cref="JsonException">It is no JSON object, or one with other types.</exception>
    public static MessageEvent Read(ReadOnlySpan<byte> data, ref MessageUsage usage)
    {
        var read = new MessageEvent();
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The event is no object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                read.Type = Value(ref reader);
            }
            else if (reader.ValueTextEquals("delta"u8))
            {
                read.ReadDelta(ref reader);
            }
            else if (reader.ValueTextEquals("content_block"u8))
            {
                read.ReadBlock(ref reader);
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                read.ReadMessage(ref reader, ref usage);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref reader, ref usage);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                read.ReadError(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // To the end: what follows the object is refused by the reader.
        reader.Read();
        return read;
    }

    private void ReadDelta(scoped ref Utf8JsonReader reader)
    {
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                DeltaType = Value(ref reader);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                Text = Value(ref reader);
            }
            else if (reader.ValueTextEquals("partial_json"u8))
            {
                PartialJson = Value(ref reader);
            }
            else if (reader.ValueTextEquals("thinking"u8))
            {
                Thinking = Value(ref reader);
            }
            else if (reader.ValueTextEquals("stop_reason"u8))
            {
                StopReason = Value(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadBlock(scoped ref Utf8JsonReader reader)
    {
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                BlockType = Value(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                BlockId = Value(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                BlockName = Value(ref reader);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                Text = Value(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadMessage(scoped ref Utf8JsonReader reader, ref MessageUsage usage)
    {
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                MessageId = Value(ref reader);
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                Model = Value(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref reader, ref usage);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadError(scoped ref Utf8JsonReader reader)
    {
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                ErrorType = Value(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadUsage(ref Utf8JsonReader reader, ref MessageUsage usage)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            usage.Read(ref reader);
        }
    }

    private static void Begin(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The event has something else where an object belongs.");
        }
    }

    private static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.ValueSpan,
            JsonTokenType.Null => [],
            _ => throw new JsonException("The event has something else where a text belongs."),
        };
    }
}
