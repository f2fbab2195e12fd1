using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Admin;

/// <summary>Reads what an admin sent.</summary>
internal static class AdminBody
{
    /// <summary>Reads the body; null when it could not be read, and then the answer was given.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        var place = "";
        try
        {
            // Bounded by Kestrel's MaxRequestBodySize, which ends the read with 413.
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) is { } body)
            {
                return body;
            }
        }
        catch (JsonException exception)
        {
            place = exception.Path is { Length: > 0 and <= 100 } path ? $" At {path} it is not what is taken." : "";
        }

        await GatewayErrors.WriteAsync(context, GatewayError.BadRequest($"The body must be the JSON object that this endpoint takes, and nothing else.{place}"));
        return null;
    }
}
