namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>What every answer is wrapped in.</summary>
internal sealed record QdrantAnswer<T>(T Result);
