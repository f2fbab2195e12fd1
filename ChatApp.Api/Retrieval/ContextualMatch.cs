namespace ChatApp.Api.Retrieval;

/// <summary>A document that was found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Document">What it was put in with.</param>
/// <param name="Score">The weighted legs added and multiplied by its factor; comparable within one search.</param>
/// <param name="Coverage">The share of the question that its words and, for less, those around it make up, 0 to 1; rare words count for more. Comparable between searches.</param>
/// <param name="Terms">The terms of the question that it has itself, in the question's order.</param>
internal sealed record ContextualMatch<TDocument>(Guid Id, TDocument Document, double Score, double Coverage, IReadOnlyList<string> Terms);
