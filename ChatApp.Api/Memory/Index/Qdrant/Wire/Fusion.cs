namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>How legs become one list: by reciprocal rank.</summary>
internal sealed record Fusion(ReciprocalRank Rrf);
