namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>Which points. An empty one would be everybody's, so only <see cref="QdrantTenant"/> makes any.</summary>
internal sealed record PointFilter(IReadOnlyList<PointCondition> Must, IReadOnlyList<PointCondition>? MustNot);
