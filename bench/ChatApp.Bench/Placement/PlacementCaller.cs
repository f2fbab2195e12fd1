using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatApp.Bench.Placement;

/// <summary>Asks the gateway for a conversation's next turn.</summary>
internal sealed class PlacementCaller(HttpClient http, string model, int answerTokens)
{
    public async Task AskAsync(PlacementTalk talk, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["messages"] = talk.Ask(),
            ["temperature"] = 0,
            ["max_tokens"] = answerTokens,
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(body) };
        request.Headers.Add("ChatApp-Caller", talk.Caller);
        request.Headers.Add("ChatApp-Conversation", talk.Id);
        var clock = Stopwatch.StartNew();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The gateway answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        var text = new StringBuilder();
        double? first = null;
        var (tokens, cached, answer) = (0, 0, 0);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data is "[DONE]")
            {
                break;
            }

            using var chunk = JsonDocument.Parse(item.Data);
            if (Piece(chunk.RootElement) is { Length: > 0 } piece)
            {
                first ??= clock.Elapsed.TotalMilliseconds;
                text.Append(piece);
            }

            if (chunk.RootElement.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object)
            {
                tokens = usage.GetProperty("prompt_tokens").GetInt32();
                answer = usage.GetProperty("completion_tokens").GetInt32();
                cached = usage.TryGetProperty("prompt_tokens_details", out var details) ? details.GetProperty("cached_tokens").GetInt32() : 0;
            }
        }

        // A model may have nothing to say; that it ended is then all there is to time.
        talk.Answered(new PlacementSample(first ?? clock.Elapsed.TotalMilliseconds, tokens, cached, answer), text.ToString());
    }

    private static string? Piece(JsonElement chunk) =>
        chunk.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0
        && choices[0].GetProperty("delta").TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.String
            ? content.GetString()
            : null;
}
