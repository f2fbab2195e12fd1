using ChatApp.Api.Knowledge.Documents;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>What became of an upload.</summary>
/// <param name="Document">The document; null when it was refused.</param>
/// <param name="IsNew">Whether it was not there before.</param>
/// <param name="Refusal">Why not; null with no document when there is no such place.</param>
internal sealed record AcceptedDocument(Document? Document, bool IsNew = false, string? Refusal = null);
