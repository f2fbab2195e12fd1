namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>Points to store; of those that are there, only the ones that the filter lets through are replaced.</summary>
internal sealed record PointUpsert(IReadOnlyList<Point> Points, PointFilter UpdateFilter);
