namespace ChatApp.Api.Knowledge;

/// <summary>What documents were found to say, and why that much.</summary>
/// <param name="Snippets">In the order of their numbers.</param>
/// <param name="Reason">Why there are some or none: one of <see cref="Memory.Recall.RecallReasons"/>.</param>
internal sealed record KnowledgeFound(IReadOnlyList<RecalledSnippet> Snippets, string Reason)
{
    public static KnowledgeFound Nothing(string reason) => new([], reason);
}
