using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>Looks into the documents of a conversation and of its character, when a message gives a reason to.</summary>
internal sealed class KnowledgeSearch(ChunkLookup lookup, ChunkIndexCache indexes, ITextEmbedder embedder) : IKnowledgeSearch
{
    private const int MostCandidates = 32;

    /// <summary>Of how many documents the beginnings are shown to one that asks what "the document" says.</summary>
    private const int MostBeginnings = 3;

    private const int BeginningChunks = 6;

    public async Task<KnowledgeFound> SearchAsync(KnowledgeScope scope, KnowledgeRequest request, CancellationToken cancellationToken)
    {
        var question = new KnowledgeQuestion(request);
        var (documents, analysed, staysInside) = await lookup.OpenAsync(scope, question.ToAnalyse, cancellationToken);
        if (documents.Count == 0)
        {
            return KnowledgeFound.Nothing(RecallReasons.Empty);
        }

        if (question.IsSmallTalk)
        {
            return KnowledgeFound.Nothing(RecallReasons.SmallTalk);
        }

        var candidates = await RankAsync(documents, question, analysed, staysInside && embedder.IsOutside ? null : request.Text, cancellationToken);
        var selection = new SnippetSelection(request, documents.ToDictionary(static d => d.Id, static d => d.Name));
        await AddBestAsync(selection, scope, candidates, cancellationToken);
        if (question.SpeaksOfDocument && (candidates.Count == 0 || question.AsksForSummary))
        {
            await AddBeginningsAsync(selection, scope, documents, cancellationToken);
        }

        return new KnowledgeFound(selection.Finish(), RecallReasons.Searched);
    }

    // Without a text nothing is embedded: what stays inside is not sent to a model outside.
    private async Task<IReadOnlyList<ChunkCandidate>> RankAsync(
        IReadOnlyList<DocumentInScope> documents, KnowledgeQuestion question, IReadOnlyList<string> analysed, string? text, CancellationToken cancellationToken)
    {
        var model = embedder.Model;
        var vector = model is null || text is null ? null : await embedder.EmbedQueryAsync(text, cancellationToken);
        var opened = new List<ChunkIndex>(2);
        foreach (var place in documents.GroupBy(static d => d.Place))
        {
            opened.Add(await indexes.GetAsync(place.Key, [.. place], model, cancellationToken));
        }

        return ChunkRanking.Rank(opened, question, question.Terms(analysed), vector is null ? null : new SmallVector(vector));
    }

    private async Task AddBestAsync(
        SnippetSelection selection, KnowledgeScope scope, IReadOnlyList<ChunkCandidate> candidates, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return;
        }

        var best = candidates.Take(MostCandidates).ToList();
        var rows = (await lookup.ReadAsync(scope, [.. best.Select(static c => c.Chunk.Id)], cancellationToken)).ToDictionary(static r => r.Id);
        foreach (var candidate in best)
        {
            if (rows.TryGetValue(candidate.Chunk.Id, out var row))
            {
                selection.Add(row, candidate);
            }
        }
    }

    // Nobody says "the document" of what they did not attach, so those of the conversation go first, newest first.
    private async Task AddBeginningsAsync(
        SnippetSelection selection, KnowledgeScope scope, IReadOnlyList<DocumentInScope> documents, CancellationToken cancellationToken)
    {
        var attached = documents.Where(static d => d.ConversationId is not null).OrderByDescending(static d => d.CreatedAt).Take(MostBeginnings).ToList();
        var meant = attached.Count > 0 ? attached : documents.Count == 1 ? [.. documents] : [];
        var rows = await lookup.ReadBeginningsAsync(scope, [.. meant.Select(static d => d.Id)], BeginningChunks, cancellationToken);
        foreach (var row in rows)
        {
            selection.Add(row, new ChunkCandidate(new IndexedChunk(row.Id, row.DocumentId, row.Ordinal, null), 0.3, ["asked about the document"]));
        }
    }
}
