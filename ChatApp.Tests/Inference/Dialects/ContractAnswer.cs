using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>What a caller of the gateway got.</summary>
/// <param name="Status">The status.</param>
/// <param name="MediaType">The content's type.</param>
/// <param name="Body">All of it.</param>
internal sealed record ContractAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The chunks of a stream that ended as it should.</summary>
    public IReadOnlyList<JsonNode> Chunks
    {
        get
        {
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (Status, MediaType));
            var events = Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("data: [DONE]", events[^1]);
            return [.. events[..^1].Select(static one =>
            {
                Assert.StartsWith("data: {", one, StringComparison.Ordinal);
                return JsonNode.Parse(one["data: ".Length..])!;
            })];
        }
    }

    /// <summary>What is said in all deltas together under a name.</summary>
    public string Said(string name) => string.Concat(Deltas.Select(delta => (string?)delta[name]));

    /// <summary>The one reason why it ended.</summary>
    public string FinishReason => Assert.Single(Chunks.SelectMany(Choices).Select(static choice => (string?)choice["finish_reason"]).OfType<string>());

    public IEnumerable<JsonNode> Deltas => Chunks.SelectMany(Choices).Select(static choice => choice["delta"]).OfType<JsonNode>();

    /// <summary>The calls of tools, put together as a client does: id, name, arguments.</summary>
    public IReadOnlyList<(string Id, string Name, string Arguments)> ToolCalls
    {
        get
        {
            var calls = new SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)>();
            foreach (var call in Deltas.SelectMany(static delta => delta["tool_calls"]?.AsArray() ?? []).OfType<JsonNode>())
            {
                var index = (int)call["index"]!;
                var known = calls.GetValueOrDefault(index, ("", "", new StringBuilder()));
                known.Item3.Append((string?)call["function"]?["arguments"]);
                calls[index] = ((string?)call["id"] ?? known.Item1, (string?)call["function"]?["name"] ?? known.Item2, known.Item3);
            }

            return [.. calls.Values.Select(static call => (call.Id, call.Name, call.Arguments.ToString()))];
        }
    }

    public string ErrorCode => (string)Json["error"]!["code"]!;

    private static IEnumerable<JsonNode> Choices(JsonNode chunk) => chunk["choices"]!.AsArray().OfType<JsonNode>();
}
