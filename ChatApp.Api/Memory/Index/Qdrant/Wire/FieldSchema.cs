namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>How a field is indexed.</summary>
internal sealed record FieldSchema(string Type, bool? IsTenant);
