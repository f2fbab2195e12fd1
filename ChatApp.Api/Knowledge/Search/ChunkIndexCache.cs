using ChatApp.Api.Knowledge.Documents;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>The indexes of the places that were asked lately, as many as there is room for.</summary>
internal sealed class ChunkIndexCache(ChunkLookup lookup, IOptions<KnowledgeOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DocumentPlace, LinkedListNode<(DocumentPlace Place, ChunkIndex Index)>> _byPlace = [];

    /// <summary>Asked last first.</summary>
    private readonly LinkedList<(DocumentPlace Place, ChunkIndex Index)> _byUse = new();

    /// <summary>The place's index, up to date with its documents.</summary>
    public async Task<ChunkIndex> GetAsync(DocumentPlace place, IReadOnlyCollection<DocumentInScope> documents, string? model, CancellationToken cancellationToken)
    {
        ChunkIndex index;
        lock (_lock)
        {
            if (_byPlace.TryGetValue(place, out var node))
            {
                _byUse.Remove(node);
            }
            else
            {
                node = new LinkedListNode<(DocumentPlace, ChunkIndex)>((place, new ChunkIndex(lookup)));
                _byPlace.Add(place, node);
            }

            _byUse.AddFirst(node);
            index = node.Value.Index;
        }

        await index.FollowAsync(documents, model, cancellationToken);
        MakeRoom();
        return index;
    }

    private void MakeRoom()
    {
        lock (_lock)
        {
            var count = _byUse.Sum(static n => (long)n.Index.Count);
            while (count > options.Value.MaxChunksInMemory && _byUse.Count > 1)
            {
                var (place, index) = _byUse.Last!.Value;
                count -= index.Count;
                _byUse.RemoveLast();
                _byPlace.Remove(place);
            }
        }
    }
}
