namespace ChatApp.Api.Retrieval;

/// <summary>What to look for in a <see cref="ContextualIndex{TDocument}"/>.</summary>
internal sealed record ContextualQuery<TDocument>
{
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    /// <summary>Terms around the question, which speak for what has them but are not part of what is asked.</summary>
    public IReadOnlyList<QueryTerm> Context { get; init; } = [];

    /// <summary>How many to find at most.</summary>
    public required int Limit { get; init; }

    /// <summary>
    /// What a term counts that begins like one of these, or that one of these begins like, next to what the term itself would: a stemmer
    /// takes <c>painter</c> and <c>painting</c> for different words. 0 for none.
    /// </summary>
    public double Kindred { get; init; } = 0.2;

    public ContextualWeights Weights { get; init; } = new();

    /// <summary>What a document's score is multiplied by; at 0 it is not found, though its words still speak for its neighbours.</summary>
    public Func<TDocument, double>? Factor { get; init; }
}
