namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A point that matches.</summary>
internal sealed record FoundPoint(Guid Id, double Score);
