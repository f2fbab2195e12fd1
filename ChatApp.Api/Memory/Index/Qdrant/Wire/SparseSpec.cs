namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A named sparse vector; the modifier has the server weigh rare terms higher.</summary>
internal sealed record SparseSpec(string Modifier);
