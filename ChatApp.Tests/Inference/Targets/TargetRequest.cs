using System.Text.Json.Nodes;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>What a target was asked.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with the query.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body where it was JSON.</param>
internal sealed record TargetRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, JsonObject? Body);
