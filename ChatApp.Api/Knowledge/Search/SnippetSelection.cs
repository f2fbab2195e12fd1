using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>Makes snippets of the best chunks: no near copies, within the budget, neighbours joined, numbered in reading order.</summary>
internal sealed class SnippetSelection(KnowledgeRequest request, IReadOnlyDictionary<Guid, string> names)
{
    private const int MostSnippets = 12;

    /// <summary>Names, numbers and fences around a snippet.</summary>
    private const int Frame = 60;

    /// <summary>The share of words that makes one text a copy of another.</summary>
    private const double Copy = 0.8;

    private readonly List<(ChunkRow Row, ChunkCandidate Candidate, HashSet<string> Words)> _chosen = [];
    private double _left = request.TokenBudget * request.CharactersPerToken;

    /// <summary>Takes a chunk unless it says what is there already, or there is no room.</summary>
    public void Add(ChunkRow row, ChunkCandidate candidate)
    {
        var cost = Frame + row.Text.Length + row.Heading.Length + names.GetValueOrDefault(row.DocumentId, "").Length;
        if (_chosen.Count >= MostSnippets || cost > _left)
        {
            return;
        }

        var words = Words(row.Text);
        if (_chosen.Exists(c => IsCopy(c.Words, words)))
        {
            return;
        }

        _chosen.Add((row, candidate, words));
        _left -= cost;
    }

    /// <summary>Documents by their best chunk, each in its own order.</summary>
    public IReadOnlyList<RecalledSnippet> Finish()
    {
        var snippets = new List<RecalledSnippet>();
        foreach (var document in _chosen.GroupBy(static c => c.Row.DocumentId).OrderByDescending(static d => d.Max(static c => c.Candidate.Score)))
        {
            var last = -2;
            foreach (var (row, candidate, _) in document.OrderBy(static c => c.Row.Ordinal))
            {
                if (row.Ordinal == last + 1)
                {
                    snippets[^1] = Join(snippets[^1], row, candidate);
                }
                else
                {
                    snippets.Add(new RecalledSnippet(
                        snippets.Count + 1, row.Id, row.DocumentId, names.GetValueOrDefault(row.DocumentId, ""), row.Heading, row.Page, row.Text, Math.Round(candidate.Score, 3), candidate.Reasons));
                }

                last = row.Ordinal;
            }
        }

        return snippets;
    }

    private static RecalledSnippet Join(RecalledSnippet snippet, ChunkRow next, ChunkCandidate candidate)
    {
        // Where a section begins within, its heading says so.
        var heading = next.Heading == snippet.Heading || next.Heading.Length == 0 ? "" : next.Heading[(next.Heading.LastIndexOf(Chunker.HeadingSeparator, StringComparison.Ordinal) is var at and >= 0 ? at + Chunker.HeadingSeparator.Length : 0)..] + "\n";
        return snippet with
        {
            Text = snippet.Text + "\n\n" + heading + next.Text,
            Score = Math.Max(snippet.Score, Math.Round(candidate.Score, 3)),
            Reasons = [.. snippet.Reasons.Union(candidate.Reasons, StringComparer.Ordinal)],
        };
    }

    private static bool IsCopy(HashSet<string> left, HashSet<string> right)
    {
        var common = left.Count(right.Contains);
        return common >= Copy * (left.Count + right.Count - common);
    }

    private static HashSet<string> Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
