using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatApp.Api.Prompting;

namespace ChatApp.Bench.Prefix;

/// <summary>Asks the engine itself, always in the same place of its cache.</summary>
internal sealed class PrefixCaller(HttpClient http, string model, int slot)
{
    // The first token is what is measured.
    private const int MaxTokens = 4;

    public async Task<PrefixSample> AskAsync(IEnumerable<PromptMessage> messages, int firstShown, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray([.. messages.Select(static m => new JsonObject { ["role"] = m.Role.Value, ["content"] = m.Text })]),
            ["temperature"] = 0,
            ["max_tokens"] = MaxTokens,
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
            ["id_slot"] = slot,
            ["cache_prompt"] = true,
        };
        var clock = Stopwatch.StartNew();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(request) };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The engine answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        double? first = null;
        var (tokens, cached) = (0, 0);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data is "[DONE]")
            {
                break;
            }

            using var chunk = JsonDocument.Parse(item.Data);
            var root = chunk.RootElement;
            if (root.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0
                && (choices[0].GetProperty("delta").TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.String && content.GetString() is not ""
                    || choices[0].GetProperty("finish_reason").ValueKind is JsonValueKind.String))
            {
                first ??= clock.Elapsed.TotalMilliseconds;
            }

            if (root.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object)
            {
                tokens = usage.GetProperty("prompt_tokens").GetInt32();
                cached = usage.TryGetProperty("prompt_tokens_details", out var details) ? details.GetProperty("cached_tokens").GetInt32() : 0;
            }
        }

        return new PrefixSample(first ?? throw new InvalidOperationException("The engine answered nothing."), tokens, cached, firstShown);
    }
}
