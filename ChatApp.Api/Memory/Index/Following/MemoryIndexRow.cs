using ChatApp.Api.Memory.Index.Qdrant;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>The index as its row in Postgres has it.</summary>
internal sealed record MemoryIndexRow
{
    public string MadeWith { get; init; } = "";

    public DateTimeOffset MadeAt { get; init; }

    public string? Collection { get; init; }

    public int? Dense { get; init; }

    public string? Filling { get; init; }

    public int? FillingDense { get; init; }

    public string[] Leaving { get; init; } = [];

    /// <summary><c>none</c>, <c>requested</c> or <c>running</c>.</summary>
    public string Rebuild { get; init; } = "none";

    public Guid? AfterUser { get; init; }

    public Guid? AfterCharacter { get; init; }

    public long Done { get; init; }

    public long Total { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Error { get; init; }

    /// <summary>The collection that answers.</summary>
    public QdrantCollection? Answering => Collection is null ? null : new QdrantCollection(Collection, Dense);

    /// <summary>The collection that is being filled.</summary>
    public QdrantCollection? Target => Filling is null ? null : new QdrantCollection(Filling, FillingDense);

    /// <summary>Everything that a change has to reach.</summary>
    public IEnumerable<QdrantCollection> Followers => new[] { Answering, Target }.OfType<QdrantCollection>().DistinctBy(static c => c.Name);
}
