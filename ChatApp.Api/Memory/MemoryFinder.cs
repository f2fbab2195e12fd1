using ChatApp.Api.Memory.Index;
using ChatApp.Api.Models;

namespace ChatApp.Api.Memory;

/// <summary>Finds memories for the person whose they are.</summary>
internal sealed class MemoryFinder(MemoryStore store, MemorySettingsStore settings, IMemoryIndex index, ITextEmbedder embedder)
{
    private const int MaxHits = 200;

    /// <summary>The best matches first.</summary>
    public async Task<IReadOnlyList<StoredMemory>> FindAsync(
        MemoryScope scope, string query, MemoryKind? kind, bool? pinned, int limit, CancellationToken cancellationToken)
    {
        using var origin = CallOrigin.Of(scope.UserId).Begin();
        // What is filtered afterwards must not use up the limit.
        var hits = await index.SearchAsync(
            scope,
            new MemorySearch
            {
                Text = query,
                Vector = await EmbedAsync(scope, query, cancellationToken),
                Limit = kind is null && pinned is null ? limit : MaxHits,
            },
            cancellationToken);
        var rows = (await store.FindAsync(scope, [.. hits.Select(static h => h.Id)], cancellationToken)).ToDictionary(static r => r.Id);
        var found = from hit in hits
                    where rows.ContainsKey(hit.Id)
                    let row = rows[hit.Id]
                    where (kind is null || row.Kind == kind) && (pinned is null || row.Pinned == pinned)
                    select row.ToMemory([.. Reasons(hit)]);
        return [.. found.Take(limit)];
    }

    private static IEnumerable<string> Reasons(MemoryHit hit)
    {
        if (hit.Words.Count > 0)
        {
            yield return $"words: {string.Join(", ", hit.Words)}";
        }

        if (hit.Similarity is not null && hit.Words.Count == 0)
        {
            yield return "similar meaning";
        }
    }

    // What a person looks for among memories that stay inside says something of them.
    private async Task<float[]?> EmbedAsync(MemoryScope scope, string query, CancellationToken cancellationToken) =>
        embedder.Model is null || (embedder.IsOutside && (await settings.FindAsync(scope, cancellationToken))?.StaysInside != false)
            ? null
            : await embedder.EmbedQueryAsync(query, cancellationToken);
}
