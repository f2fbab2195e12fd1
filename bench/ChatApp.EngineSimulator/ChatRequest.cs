using System.Text.Json;

namespace ChatApp.EngineSimulator;

/// <summary>What the simulator reads of a request for a completion.</summary>
/// <param name="Question">The newest message of the user.</param>
/// <param name="Prefix">The last message, when it is the assistant's: the answer goes on from it.</param>
/// <param name="MaxTokens">The bound on the tokens of this call.</param>
/// <param name="Streams">Whether the answer is wanted piece by piece.</param>
/// <param name="WantsUsage">Whether the tokens are to be counted at the end.</param>
internal sealed record ChatRequest(string Question, string Prefix, int MaxTokens, bool Streams, bool WantsUsage)
{
    /// <summary>Reads a body; null when it is no such request.</summary>
    public static async Task<ChatRequest?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var root = document.RootElement;
            var (question, prefix) = ("", "");
            foreach (var message in root.GetProperty("messages").EnumerateArray())
            {
                var text = Text(message.GetProperty("content"));
                (question, prefix) = message.GetProperty("role").GetString() switch
                {
                    "user" => (text, ""),
                    "assistant" => (question, text),
                    _ => (question, prefix),
                };
            }

            return new ChatRequest(
                question,
                prefix,
                Bound(root, "max_completion_tokens") ?? Bound(root, "max_tokens") ?? int.MaxValue,
                root.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True,
                root.TryGetProperty("stream_options", out var options)
                    && options.TryGetProperty("include_usage", out var usage) && usage.ValueKind is JsonValueKind.True);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int? Bound(JsonElement root, string name) =>
        root.TryGetProperty(name, out var bound) && bound.ValueKind is JsonValueKind.Number ? bound.GetInt32() : null;

    private static string Text(JsonElement content) => content.ValueKind is JsonValueKind.Array
        ? string.Concat(content.EnumerateArray().Select(static part => part.GetProperty("text").GetString()))
        : content.GetString() ?? "";
}
