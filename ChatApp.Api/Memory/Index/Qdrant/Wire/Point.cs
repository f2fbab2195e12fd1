namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>A memory as Qdrant stores it.</summary>
internal sealed record Point(Guid Id, PointVectors Vector, PointPayload Payload);
