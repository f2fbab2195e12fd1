namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A named dense vector.</summary>
internal sealed record DenseSpec(int Size, string Distance);
