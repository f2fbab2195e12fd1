using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Turns;

/// <summary>
/// Asks as a person's browser does: posts a turn to <c>/api</c> and follows its events. The same calls serve the site's
/// origin (cookie) and the Api (bearer token); the <see cref="HttpClient"/> decides which.
/// </summary>
internal sealed class SiteCaller(HttpClient http)
{
    /// <summary>Starts a conversation, so that every answer is asked of a fresh one: the prompt stays the same.</summary>
    public async Task<string> StartConversationAsync(string characterId, CancellationToken cancellationToken)
    {
        using var created = await http.PostAsJsonAsync("/api/conversations", new { characterId }, cancellationToken);
        created.EnsureSuccessStatusCode();
        var conversation = await created.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return conversation.GetProperty("id").GetString()!;
    }

    public async Task<Sample> AskAsync(string conversationId, string text, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var accepted = await http.PostAsJsonAsync($"/api/conversations/{conversationId}/turns", new { text }, cancellationToken);
        accepted.EnsureSuccessStatusCode();
        var turn = await accepted.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        using var events = await http.GetAsync(
            new Uri(turn.GetProperty("eventsUrl").GetString()!, UriKind.RelativeOrAbsolute),
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken);
        events.EnsureSuccessStatusCode();
        await using var stream = await events.Content.ReadAsStreamAsync(cancellationToken);

        double? first = null;
        double last = 0;
        int input = 0, output = 0;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            switch (item.EventType)
            {
                case "delta":
                    last = clock.Elapsed.TotalMilliseconds;
                    first ??= last;
                    break;
                case "usage":
                    using (var usage = JsonDocument.Parse(item.Data))
                    {
                        input = usage.RootElement.GetProperty("inputTokens").GetInt32();
                        output = usage.RootElement.GetProperty("outputTokens").GetInt32();
                    }

                    break;
                case "failed" or "cancelled":
                    throw new InvalidOperationException($"The turn ended as {item.EventType}: {item.Data}");
            }
        }

        return new Sample(first ?? throw new InvalidOperationException("The turn brought no text."), last, output, input);
    }
}
