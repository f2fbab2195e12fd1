namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>Weights by term; the indices are unique, and as many as values.</summary>
internal sealed record SparseVector(uint[] Indices, float[] Values);
