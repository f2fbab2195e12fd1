using System.Text.Json;

namespace ChatApp.Inference.Routing;

/// <summary>Finds <c>model</c> in a request's body without building the document.</summary>
internal static class RequestedModel
{
    private const int MaximumLength = 256;

    /// <summary>The top-level property <c>model</c>; null when the body is not a JSON object or has no such text.</summary>
    public static string? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                reader.Read();
                if (isModel)
                {
                    return reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaximumLength ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The caller gets a 400 that says what was expected.
        }

        return null;
    }
}
