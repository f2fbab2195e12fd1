namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>Points to count.</summary>
internal sealed record PointCount(PointFilter Filter, bool Exact);
