namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A memory's vectors, by the names that the collection has them under.</summary>
internal sealed record PointVectors(SparseVector Text, SparseVector Window, float[]? Dense);
