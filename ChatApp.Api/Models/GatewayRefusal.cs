using System.ClientModel;
using System.Globalization;
using System.Text.Json;

namespace ChatApp.Api.Models;

/// <summary>What the gateway said when it did not answer: an error in OpenAI's shape, and when to come back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error's code; null when it has none.</param>
/// <param name="Message">What it says, for operators.</param>
/// <param name="RetryAfter">How long to wait; null when it does not say.</param>
/// <param name="At">When it said so; null when it does not say.</param>
internal sealed record GatewayRefusal(int Status, string? Code, string Message, TimeSpan? RetryAfter, DateTimeOffset? At)
{
    /// <summary>Reads it from what the OpenAI client threw.</summary>
    public static GatewayRefusal Of(ClientResultException exception)
    {
        var response = exception.GetRawResponse();
        var at = Header("Date") is { } date && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var said) ? said : (DateTimeOffset?)null;
        return new GatewayRefusal(exception.Status, CodeOf(response?.Content), exception.Message, Wait(Header("Retry-After"), at), at);

        string? Header(string name) => response?.Headers.TryGetValue(name, out var value) == true ? value : null;
    }

    /// <summary>When to come back, in words; null when it is not known.</summary>
    public string? Return => At + RetryAfter is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:HH:mm} UTC on {at.UtcDateTime:d MMMM}")
        : null;

    private static TimeSpan? Wait(string? header, DateTimeOffset? now) =>
        int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : now is not null && DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, out var until) && until > now ? until - now
        : null;

    private static string? CodeOf(BinaryData? body)
    {
        try
        {
            using var document = body is null ? null : JsonDocument.Parse(body);
            return document?.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            // Something between here and the gateway answered with a page.
            return null;
        }
    }
}
