using ChatApp.Api.Memory.Index.Qdrant;
using ChatApp.Api.Models;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Index;

/// <summary>Which index this process uses.</summary>
internal sealed class MemoryIndexKind(TextAnalysis analysis, ITextEmbedder embedder, QdrantAddress? qdrant = null)
{
    /// <summary>The one over the rows in Postgres.</summary>
    public const string Embedded = "embedded";

    /// <summary>The one outside.</summary>
    public const string Qdrant = "qdrant";

    // Raised when a memory's terms or what is stored for it outside are made in another way.
    private const int Scheme = 1;

    /// <summary>Its name in answers and traces.</summary>
    public string Name => IsOutside ? Qdrant : Embedded;

    /// <summary>Whether it is outside Postgres and has to be told of every change.</summary>
    public bool IsOutside => qdrant is not null;

    /// <summary>Everything that decides what the index holds: with another it has to be built again.</summary>
    public string MadeWith => $"{Name}/{Scheme}/{analysis.Language}/{embedder.Model ?? "-"}";
}
