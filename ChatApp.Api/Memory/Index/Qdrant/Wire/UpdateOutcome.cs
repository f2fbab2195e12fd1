namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>What became of a write: <c>completed</c> when it was waited for.</summary>
internal sealed record UpdateOutcome(string Status);
