using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Turns;

/// <summary>Asks the engine itself, with nothing in between: the reference that the product is compared with.</summary>
internal sealed class EngineCaller(HttpClient http)
{
    public async Task<Sample> AskAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(request) };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);

        double? first = null;
        double last = 0;
        int input = 0, output = 0;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data is "[DONE]")
            {
                break;
            }

            using var chunk = JsonDocument.Parse(item.Data);
            var root = chunk.RootElement;
            if (root.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0
                && choices[0].GetProperty("delta").TryGetProperty("content", out var content)
                && content.ValueKind is JsonValueKind.String && content.GetString() is { Length: > 0 })
            {
                last = clock.Elapsed.TotalMilliseconds;
                first ??= last;
            }

            if (root.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object)
            {
                input = usage.GetProperty("prompt_tokens").GetInt32();
                output = usage.GetProperty("completion_tokens").GetInt32();
            }
        }

        return new Sample(first ?? throw new InvalidOperationException("The engine answered no text."), last, output, input);
    }
}
