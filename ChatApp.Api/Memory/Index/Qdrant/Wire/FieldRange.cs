namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>At most this.</summary>
internal sealed record FieldRange(long Lte);
