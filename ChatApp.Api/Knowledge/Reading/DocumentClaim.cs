using ChatApp.Api.Knowledge.Documents;

namespace ChatApp.Api.Knowledge.Reading;

/// <summary>A worker's claim on a document. Every write names the attempt, so a worker that lost its claim can no longer write.</summary>
internal sealed record DocumentClaim(Guid Id, int Attempt, DocumentKind Format);
