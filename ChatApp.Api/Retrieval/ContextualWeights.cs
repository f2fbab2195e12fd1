namespace ChatApp.Api.Retrieval;

/// <summary>How much a document's own words, those around it, and those of its whole group count. Each is scaled to its best before they are added.</summary>
internal sealed record ContextualWeights
{
    public double Own { get; init; } = 1;

    public double Window { get; init; } = 1.5;

    public double Group { get; init; } = 0.6;

    /// <summary>BM25's k1: how soon more of the same word adds nothing.</summary>
    public double Saturation { get; init; } = 1.2;

    /// <summary>BM25's b for a document: how much its length is held against it.</summary>
    public double OwnLength { get; init; } = 0.4;

    /// <summary>The same for what is around it.</summary>
    public double WindowLength { get; init; } = 0.4;

    /// <summary>The same for its group.</summary>
    public double GroupLength { get; init; } = 0.4;
}
