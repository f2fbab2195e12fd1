namespace ChatApp.Api.Knowledge.Documents;

/// <summary>A piece of a document, as it is found and cited.</summary>
/// <param name="Id">The piece's id.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="Ordinal">Its place in the document, from 0.</param>
/// <param name="Heading">The headings that it stands under, outermost first, joined by <c> › </c>.</param>
/// <param name="Page">Its page, from 1, where the document has pages.</param>
/// <param name="Text">Its words.</param>
/// <param name="PreviousChunkId">The piece before it; null for the first, and in lists.</param>
/// <param name="NextChunkId">The piece after it; null for the last, and in lists.</param>
public sealed record DocumentChunk(
    Guid Id,
    Guid DocumentId,
    int Ordinal,
    string Heading,
    int? Page,
    string Text,
    Guid? PreviousChunkId = null,
    Guid? NextChunkId = null);
