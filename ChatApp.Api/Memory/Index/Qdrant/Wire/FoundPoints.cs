namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A search's result, best first.</summary>
internal sealed record FoundPoints(IReadOnlyList<FoundPoint> Points);
