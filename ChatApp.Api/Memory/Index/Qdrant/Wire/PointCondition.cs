namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>One condition: a field's value, or the points' ids.</summary>
internal sealed record PointCondition(string? Key = null, FieldMatch? Match = null, FieldRange? Range = null, IReadOnlyCollection<Guid>? HasId = null);
