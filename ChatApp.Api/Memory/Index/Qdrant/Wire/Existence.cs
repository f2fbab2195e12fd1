namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>Whether a collection is there.</summary>
internal sealed record Existence(bool Exists);
