namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>Points to take away.</summary>
internal sealed record PointDeletion(PointFilter Filter);
