namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A search: several legs, fused by the server.</summary>
internal sealed record PointQuery(IReadOnlyList<QueryLeg> Prefetch, Fusion Query, PointFilter Filter, int Limit, bool WithPayload);
