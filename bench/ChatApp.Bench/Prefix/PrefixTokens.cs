using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Api.Models;

namespace ChatApp.Bench.Prefix;

/// <summary>Counts as the product does, at the engine itself.</summary>
internal sealed class PrefixTokens(HttpClient http, int context) : ITokenCounter
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public Task<int?> ContextAsync(string model, CancellationToken cancellationToken) => Task.FromResult<int?>(context);

    public async Task<IReadOnlyList<int>?> CountAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        foreach (var text in texts.Where(text => !_counts.ContainsKey(text)).Distinct(StringComparer.Ordinal).ToList())
        {
            using var response = await http.PostAsJsonAsync("/tokenize", new { content = text }, cancellationToken);
            using var answer = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken));
            _counts[text] = answer.RootElement.GetProperty("tokens").GetArrayLength();
        }

        return [.. texts.Select(text => _counts[text])];
    }
}
