namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>A piece of a document.</summary>
/// <param name="Heading">The headings that it stands under, outermost first, joined by <c> › </c>.</param>
/// <param name="Page">The page that it begins on, where there are pages.</param>
/// <param name="Text">Its words.</param>
internal sealed record ParsedChunk(string Heading, int? Page, string Text);
