namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>One value, or any of several.</summary>
internal sealed record FieldMatch(string? Value = null, IReadOnlyCollection<Guid>? Any = null);
