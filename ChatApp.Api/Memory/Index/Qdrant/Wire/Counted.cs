namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>How many there are.</summary>
internal sealed record Counted(long Count);
