using System.Text.Json.Nodes;

namespace ChatApp.Tests.Memory.Index;

/// <summary>A stored point.</summary>
internal sealed record FakePoint(Guid Id, IReadOnlyDictionary<string, IReadOnlyDictionary<uint, float>> Sparse, float[]? Dense, JsonObject Payload);
