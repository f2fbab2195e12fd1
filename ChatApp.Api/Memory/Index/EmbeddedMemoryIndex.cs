using System.Globalization;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Index;

/// <summary>
/// Searches the rows in Postgres by an index that each process keeps of the scopes it was asked about. Every search compares its version
/// with the scope's, so what anybody committed before it is found, and what went is not.
/// </summary>
internal sealed class EmbeddedMemoryIndex(EmbeddedRows rows, EmbeddedScopes scopes, TextAnalysis analysis, TimeProvider time) : IMemoryIndex
{
    // Where two legs are fused, what only just missed one of them may lead in the end.
    private const int FusedPool = 500;

    // Who asks tells less than who answers.
    private const double AskingFactor = 0.85;

    private readonly CultureInfo _culture = RetrievalCulture.Of(analysis.Language);

    public string Name => "embedded";

    public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryScope scope, MemorySearch search, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(scope, default);
        ArgumentOutOfRangeException.ThrowIfLessThan(search.Limit, 1, nameof(search));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(search.Limit, 200, nameof(search));
        var question = new MemoryQuestion(search);
        var vector = EmbeddedRow.Normalized(search.Vector);
        if (question.ToAnalyse.Length == 0 && vector is null)
        {
            return [];
        }

        var (at, analysed) = await rows.AskAsync(scope, question.ToAnalyse, cancellationToken);
        if (at.Version is null)
        {
            scopes.Forget(scope);
            return [];
        }

        if (await scopes.AtAsync(scope, at, cancellationToken) is not { } index)
        {
            return [];
        }

        var (asked, context) = question.Terms(analysed, _culture, time.GetUtcNow());
        var query = new ContextualQuery<EmbeddedMemory>
        {
            Terms = asked,
            Context = context,
            Limit = vector is null ? search.Limit : FusedPool,
            Factor = m => Factor(m, search, question),
        };
        return vector is null ? ByWords(index, query, question) : Fused(index, query, question, vector, search.Limit);
    }

    private static IReadOnlyList<MemoryHit> ByWords(EmbeddedScopeIndex index, ContextualQuery<EmbeddedMemory> query, MemoryQuestion question)
    {
        var best = (query.Weights.Own + query.Weights.Window + query.Weights.Group) * MemorySpeakers.NamedFactor;
        return [.. index.Words.Search(query).Select(m => new MemoryHit(m.Id, m.Score / best, question.WordsOf(m.Terms), null, m.Coverage))];
    }

    private static IReadOnlyList<MemoryHit> Fused(
        EmbeddedScopeIndex index, ContextualQuery<EmbeddedMemory> query, MemoryQuestion question, float[] vector, int limit)
    {
        var fused = EmbeddedFusion.Fuse(index.Words.Search(query), index.WithVector, vector, query.Factor!, limit);
        return [.. fused.Select(f => new MemoryHit(f.Memory.Id, f.Score, question.WordsOf(f.Words?.Terms ?? []), f.Similarity, f.Words?.Coverage ?? 0))];
    }

    private static double Factor(EmbeddedMemory memory, MemorySearch search, MemoryQuestion question)
    {
        if (memory.MessageId is { } message && search.WithoutMessages.Contains(message))
        {
            return 0;
        }

        return (memory.Speaker == question.Speaker ? question.SpeakerFactor : 1) * (memory.Asks ? AskingFactor : 1);
    }
}
