namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>An index over a field of the payload.</summary>
internal sealed record FieldIndex(string FieldName, FieldSchema FieldSchema);
