using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>Members of objects that may not be there, or not be objects.</summary>
internal static class JsonText
{
    /// <summary>A member; undefined when there is none.</summary>
    public static JsonElement Member(JsonElement of, ReadOnlySpan<byte> name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A member that is a text; null when there is none.</summary>
    public static string? Of(JsonElement of, ReadOnlySpan<byte> name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
