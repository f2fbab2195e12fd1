using System.Text.Json.Nodes;

namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>One way of looking: by a sparse vector or a dense one.</summary>
internal sealed record QueryLeg(JsonNode Query, string Using, PointFilter Filter, int Limit);
