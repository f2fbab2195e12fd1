using System.Net;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Inference.Faults;

/// <summary>What a caller got.</summary>
internal sealed record CallerAnswer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)
{
    public bool IsDone => Body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal);

    /// <summary>The data of a stream's events, the last one left out where it is <c>[DONE]</c>.</summary>
    public IReadOnlyList<JsonNode> Events =>
        [.. Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(static one => one != "data: [DONE]").Select(static one => JsonNode.Parse(one["data: ".Length..])!)];

    /// <summary>The text, streamed or not.</summary>
    public string Text => Body.StartsWith('{')
        ? (string?)JsonNode.Parse(Body)!["choices"]?[0]?["message"]?["content"] ?? ""
        : string.Concat(Events.Select(static one => one["choices"] is JsonArray { Count: > 0 } choices ? (string?)choices[0]!["delta"]?["content"] : null));

    /// <summary>The errors in it.</summary>
    public IReadOnlyList<JsonNode> Errors => Body.StartsWith('{')
        ? JsonNode.Parse(Body)!["error"] is { } error ? [error] : []
        : [.. Events.Where(static one => one["error"] is not null).Select(static one => one["error"]!)];

    public string? Code => Errors is [var only] ? (string?)only["code"] : null;

    public string? Message => Errors is [var only] ? (string?)only["message"] : null;
}
