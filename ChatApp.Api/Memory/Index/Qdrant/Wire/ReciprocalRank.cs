namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A place counts 1 / (K + place), from 0.</summary>
internal sealed record ReciprocalRank(int K);
