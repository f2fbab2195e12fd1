namespace ChatApp.Api.Retrieval;

/// <summary>A document as an index keeps it.</summary>
internal sealed class IndexedDocument<TDocument>
{
    public required Guid Id { get; init; }

    public required TDocument Document { get; init; }

    /// <summary>Its number in the index's arrays.</summary>
    public required int Slot { get; init; }

    public required (IndexedTerm Term, int Count)[] Terms { get; init; }

    public required int Length { get; init; }

    /// <summary>How much more its words count for the one that follows than a neighbour's do.</summary>
    public required double Lends { get; init; }

    public IndexedGroup<TDocument> Group { get; set; } = null!;

    /// <summary>What its group is ordered by.</summary>
    public long Order { get; set; }

    /// <summary>Where it stands in its group.</summary>
    public int Place { get; set; }

    /// <summary>The length of what is around it, itself included, each neighbour as much as it counts.</summary>
    public double WindowLength { get; set; }
}
