namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A collection that is to be made.</summary>
internal sealed record CollectionSpec(
    IReadOnlyDictionary<string, DenseSpec> Vectors, IReadOnlyDictionary<string, SparseSpec> SparseVectors, GraphSpec HnswConfig, bool OnDiskPayload);
