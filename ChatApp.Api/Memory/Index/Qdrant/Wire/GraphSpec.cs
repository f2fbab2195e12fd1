namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>The graph that finds near vectors: none over everybody's, small ones a tenant.</summary>
internal sealed record GraphSpec(int M, int PayloadM);
