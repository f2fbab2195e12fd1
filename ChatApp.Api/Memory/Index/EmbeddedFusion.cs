using System.Numerics.Tensors;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Index;

/// <summary>Puts what was found by words and what was found by meaning in one order.</summary>
internal static class EmbeddedFusion
{
    /// <summary>
    /// Either leg is scaled to its best; of meaning, what is no nearer than the average memory counts nothing, because how near unrelated
    /// texts are is a habit of the model's. What both find comes before what one finds.
    /// </summary>
    /// <param name="byWords">What the words found.</param>
    /// <param name="memories">The memories that have a vector.</param>
    /// <param name="vector">The question's vector, of length 1.</param>
    /// <param name="factor">What a memory's score is multiplied by; at 0 it is not found.</param>
    /// <param name="limit">How many at most.</param>
    public static IReadOnlyList<(EmbeddedMemory Memory, double Score, ContextualMatch<EmbeddedMemory>? Words, double? Similarity)> Fuse(
        IReadOnlyList<ContextualMatch<EmbeddedMemory>> byWords,
        IReadOnlyList<EmbeddedMemory> memories,
        float[] vector,
        Func<EmbeddedMemory, double> factor,
        int limit)
    {
        var near = new List<(EmbeddedMemory Memory, double Similarity, double Factor)>(memories.Count);
        foreach (var memory in memories)
        {
            if (memory.Vector!.Length == vector.Length && factor(memory) is > 0 and var counts)
            {
                near.Add((memory, TensorPrimitives.Dot<float>(memory.Vector, vector), counts));
            }
        }

        var average = near.Count > 0 ? near.Average(static n => n.Similarity) : 0;
        var nearest = near.Count > 0 ? near.Max(static n => n.Similarity) : 0;
        var bestByWords = byWords.Count > 0 ? byWords[0].Score : 0;
        var found = new Dictionary<EmbeddedMemory, (double Score, ContextualMatch<EmbeddedMemory>? Words, double? Similarity)>(ReferenceEqualityComparer.Instance);
        foreach (var match in byWords)
        {
            found[match.Document] = (0.5 * match.Score / bestByWords, match, null);
        }

        foreach (var (memory, similarity, counts) in near)
        {
            var so = nearest > average ? Math.Max(0, (similarity - average) / (nearest - average)) : 1;
            var known = found.GetValueOrDefault(memory);
            if (so > 0 || known.Words is not null)
            {
                // The factor is relative to the highest that there is, so that no score exceeds 1.
                found[memory] = (known.Score + (0.5 * so * counts / MemorySpeakers.NamedFactor), known.Words, similarity);
            }
        }

        return
        [
            .. found.OrderByDescending(static f => f.Value.Score).ThenBy(static f => f.Key.Id).Take(limit)
                .Select(static f => (f.Key, f.Value.Score, f.Value.Words, f.Value.Similarity)),
        ];
    }
}
