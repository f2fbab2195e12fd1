using System.Text.Json.Serialization;

namespace ChatApp.Api.Knowledge;

/// <summary>A piece of a document that an answer was given, and may cite as <c>[number]</c>.</summary>
/// <param name="Number">Its number in this answer, from 1.</param>
/// <param name="ChunkId">The piece.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="DocumentName">The document's name.</param>
/// <param name="Heading">The headings that it stands under, outermost first, joined by <c> › </c>; empty where there are none.</param>
/// <param name="Page">Its page, from 1, in documents that have pages.</param>
/// <param name="Text">Its words.</param>
/// <param name="Score">How well it fitted, 0 to 1; comparable within one answer only.</param>
/// <param name="Reasons">Why, in a few words each.</param>
public sealed record RecalledSnippet(
    int Number,
    Guid ChunkId,
    Guid DocumentId,
    string DocumentName,
    string Heading,
    int? Page,
    string Text,
    double Score,
    IReadOnlyList<string> Reasons)
{
    /// <summary>Why it looks like instructions for the model, in a word each; null when it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Suspicious { get; init; }
}
