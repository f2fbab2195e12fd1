using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>Which chunks answer a question: none, when none has enough of its words or is near enough in meaning.</summary>
internal static class ChunkRanking
{
    private const int PerIndex = 40;

    /// <summary>The share of the question's words, rare ones counting for more, that a chunk has at least.</summary>
    private const double LeastCoverage = 0.34;

    /// <summary>In fewer chunks than this, how rare a word is says nothing.</summary>
    private const int FewChunks = 12;

    private const double LeastSimilarity = 0.62;

    /// <summary>What is this much further than the nearest is another matter.</summary>
    private const double SimilarityRange = 0.12;

    /// <summary>What fits this much worse than the best is left out.</summary>
    private const double LeastOfBest = 0.4;

    /// <summary>Best first.</summary>
    public static IReadOnlyList<ChunkCandidate> Rank(
        IEnumerable<ChunkIndex> indexes, KnowledgeQuestion question, IReadOnlyList<QueryTerm> terms, SmallVector? vector)
    {
        var found = new Dictionary<Guid, Found>();
        foreach (var index in indexes)
        {
            AddLexical(found, index, question, terms);
            if (vector is not null)
            {
                AddDense(found, index.Nearest(vector, PerIndex));
            }
        }

        var ranked = found.Values.OrderByDescending(static f => f.Score).ThenBy(static f => f.Chunk.Id).ToList();
        return [.. ranked.TakeWhile(f => f.Score >= ranked[0].Score * LeastOfBest).Select(f => f.ToCandidate(question))];
    }

    private static void AddLexical(Dictionary<Guid, Found> found, ChunkIndex index, KnowledgeQuestion question, IReadOnlyList<QueryTerm> terms)
    {
        if (terms.Count == 0)
        {
            return;
        }

        var matches = index.Search(terms, PerIndex);
        var best = matches.Count == 0 ? 0 : matches[0].Score;
        var all = terms.Sum(static t => t.Weight);
        foreach (var match in matches)
        {
            var coverage = index.Count >= FewChunks ? match.Coverage : terms.Where(t => match.Terms.Contains(t.Term, StringComparer.Ordinal)).Sum(static t => t.Weight) / all;
            if (coverage >= LeastCoverage && match.Terms.Any(question.IsAsked))
            {
                // Scores compare within an index; coverage does between them.
                found[match.Id] = new Found(match.Document) { Lexical = (0.5 * match.Score / best) + (0.5 * coverage), Terms = match.Terms };
            }
        }
    }

    private static void AddDense(Dictionary<Guid, Found> found, IReadOnlyList<(IndexedChunk Chunk, double Similarity)> nearest)
    {
        foreach (var (chunk, similarity) in nearest)
        {
            if (similarity < LeastSimilarity || similarity < nearest[0].Similarity - SimilarityRange)
            {
                break;
            }

            if (!found.TryGetValue(chunk.Id, out var known))
            {
                found[chunk.Id] = known = new Found(chunk);
            }

            known.Dense = similarity;
        }
    }

    private sealed class Found(IndexedChunk chunk)
    {
        public IndexedChunk Chunk => chunk;

        public double Lexical { get; init; }

        public double Dense { get; set; }

        public IReadOnlyList<string> Terms { get; init; } = [];

        /// <summary>Both together are better than either, and at most 1.</summary>
        public double Score => 1 - ((1 - Math.Min(1, Lexical)) * (1 - (0.7 * Dense)));

        public ChunkCandidate ToCandidate(KnowledgeQuestion question)
        {
            var words = question.WordsOf(Terms);
            List<string> reasons = words.Count == 0 ? [] : ["words: " + string.Join(", ", words.Take(8))];
            if (Dense > 0)
            {
                reasons.Add("similar meaning");
            }

            return new ChunkCandidate(chunk, Math.Min(1, Score), reasons);
        }
    }
}
