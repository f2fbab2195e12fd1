namespace ChatApp.Api.Knowledge;

/// <summary>Finds what documents say about a question.</summary>
internal interface IKnowledgeSearch
{
    /// <summary>
    /// The snippets that are worth their room, numbered from 1 in the order in which the model reads them. For small talk, and for a scope
    /// without documents, nothing is fetched. Never throws for an embedding model that is away.
    /// </summary>
    Task<KnowledgeFound> SearchAsync(KnowledgeScope scope, KnowledgeRequest request, CancellationToken cancellationToken);
}
