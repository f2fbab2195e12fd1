using System.Diagnostics.CodeAnalysis;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>The chunks of one place, indexed in memory; follows the documents that there are, one at a time.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphore's handle is never asked for, and it lives as long as the index.")]
internal sealed class ChunkIndex(ChunkLookup lookup)
{
    // A chunk is helped by the one before and the one after it.
    private readonly ContextualIndex<IndexedChunk> _index = new(0.5);
    private readonly Dictionary<Guid, (long Revision, string? Model, IReadOnlyList<IndexedChunk> Chunks)> _documents = [];
    private readonly SemaphoreSlim _following = new(1, 1);

    private IReadOnlyList<IndexedChunk> _withVectors = [];

    public int Count => _index.Count;

    /// <summary>Makes the index what the documents are. A document that it has in this revision costs nothing.</summary>
    public async Task FollowAsync(IReadOnlyCollection<DocumentInScope> documents, string? model, CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            var changed = false;
            foreach (var gone in _documents.Keys.Except(documents.Select(static d => d.Id)).ToList())
            {
                Remove(gone);
                changed = true;
            }

            foreach (var document in documents)
            {
                if (_documents.TryGetValue(document.Id, out var known) && known.Revision == document.Revision && known.Model == model)
                {
                    continue;
                }

                var (name, chunks) = await lookup.LoadAsync(document, model, cancellationToken);
                Remove(document.Id);
                foreach (var (chunk, terms) in chunks)
                {
                    // What the document is called is part of what every chunk says.
                    var own = terms.Terms.ToArray().Select(static t => t.Term).ToHashSet(StringComparer.Ordinal);
                    _index.Put(chunk.Id, chunk, chunk.DocumentId, chunk.Ordinal, terms.With(name.Terms.ToArray().Select(static t => t.Term).Where(t => !own.Contains(t))));
                }

                _documents[document.Id] = (document.Revision, model, [.. chunks.Select(static c => c.Chunk)]);
                changed = true;
            }

            if (changed)
            {
                _withVectors = [.. _documents.Values.SelectMany(static d => d.Chunks).Where(static c => c.Vector is not null)];
            }
        }
        finally
        {
            _following.Release();
        }
    }

    public IReadOnlyList<ContextualMatch<IndexedChunk>> Search(IReadOnlyList<QueryTerm> terms, int limit) => _index.Search(new ContextualQuery<IndexedChunk>
    {
        Terms = terms,
        Limit = limit,
        Weights = new ContextualWeights { Own = 1, Window = 0.4, Group = 0.3 },
    });

    /// <summary>The nearest in meaning, nearest first.</summary>
    public IReadOnlyList<(IndexedChunk Chunk, double Similarity)> Nearest(SmallVector question, int limit) =>
        [.. _withVectors.Select(c => (Chunk: c, Similarity: c.Vector!.Similarity(question))).OrderByDescending(static c => c.Similarity).Take(limit)];

    private void Remove(Guid document)
    {
        if (_documents.Remove(document, out var known))
        {
            foreach (var chunk in known.Chunks)
            {
                _index.Remove(chunk.Id);
            }
        }
    }
}
