namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>A collection of memories.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dense">The length of its dense vectors; null when it has none.</param>
internal sealed record QdrantCollection(string Name, int? Dense);
