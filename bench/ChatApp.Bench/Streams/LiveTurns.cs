using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatApp.Bench.Streams;

/// <summary>Turns that are being answered, and the people whose they are.</summary>
internal static class LiveTurns
{
    /// <summary>The most turns that one person may have at once.</summary>
    public const int OnePerson = 1000;

    private const int AtOnce = 16;
    private const string Mira = "01980000-0000-7000-8000-000000000001";

    /// <summary>Posts turns whose answers say when each of their words was said.</summary>
    /// <returns>Each turn's address and the token to follow it with.</returns>
    public static async Task<IReadOnlyList<(string EventsUrl, string Token)>> StartAsync(
        Uri api, int count, int tokens, CancellationToken cancellationToken)
    {
        var people = new List<(HttpClient Http, string Token)>();
        for (var i = 0; i * OnePerson < count; i++)
        {
            people.Add(await SignUpAsync(api, cancellationToken));
        }

        var turns = new (string, string)[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (i, stop) =>
        {
            var (http, token) = people[i / OnePerson];
            var conversation = await PostAsync(http, "/api/conversations", new { characterId = Mira }, stop);
            // Not all at the same moment of the second.
            var text = $"[id=s{i} tokens={tokens} rate=1 first={i * 997 % 1000} stamp]";
            var turn = await PostAsync(http, $"/api/conversations/{conversation.GetProperty("id").GetString()}/turns", new { text }, stop);
            turns[i] = (turn.GetProperty("eventsUrl").GetString()!, token);
        });
        people.ForEach(static p => p.Http.Dispose());
        return turns;
    }

    private static async Task<(HttpClient Http, string Token)> SignUpAsync(Uri api, CancellationToken cancellationToken)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api };
        var person = new { name = "Bench", email = $"{Guid.NewGuid():N}@bench.example", password = "correct horse battery staple" };
        var token = (await PostAsync(http, "/api/auth/sign-up", person, cancellationToken)).GetProperty("accessToken").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (http, token);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)
            : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
