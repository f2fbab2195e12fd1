using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Memory.Index;

/// <summary>Reads bodies by their published schema: what is missing, of another type or unknown there is refused.</summary>
internal static class StrictJson
{
    /// <summary>An object with these fields and no others; those with a question mark may be missing.</summary>
    public static JsonObject Object(this JsonNode? node, params string[] fields)
    {
        if (node is not JsonObject found)
        {
            throw Wrong($"expected an object, found {node?.ToJsonString() ?? "null"}");
        }

        var known = fields.Select(static f => f.TrimEnd('?')).ToHashSet();
        if (found.FirstOrDefault(f => !known.Contains(f.Key)).Key is { } unknown)
        {
            throw Wrong($"unknown field `{unknown}`");
        }

        return fields.FirstOrDefault(f => f[^1] != '?' && found[f] is null) is { } missing ? throw Wrong($"missing field `{missing}`") : found;
    }

    public static JsonArray Array(this JsonNode? node) => node as JsonArray ?? throw Wrong("expected an array");

    public static string Text(this JsonNode? node) => Value<string>(node, JsonValueKind.String);

    public static bool Flag(this JsonNode? node) =>
        node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? node.GetValue<bool>() : throw Wrong("expected a boolean");

    public static long Whole(this JsonNode? node, long least = 0)
    {
        var value = node?.GetValueKind() == JsonValueKind.Number && long.TryParse(node.ToJsonString(), out var whole) ? whole : throw Wrong("expected an integer");
        return value >= least ? value : throw Wrong($"{value} is less than {least}");
    }

    public static float Real(this JsonNode? node) => Value<float>(node, JsonValueKind.Number);

    public static Guid Id(this JsonNode? node) =>
        Guid.TryParse(node.Text(), out var id) ? id : throw Wrong($"value {node!.ToJsonString()} is not a valid point ID");

    public static QdrantRefusal Wrong(string what) => new(400, $"Format error in JSON body: {what}");

    private static T Value<T>(JsonNode? node, JsonValueKind kind) =>
        node?.GetValueKind() == kind ? node.GetValue<T>() : throw Wrong($"expected {kind}, found {node?.ToJsonString() ?? "null"}");
}
