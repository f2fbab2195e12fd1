namespace ChatApp.Tests.Inference.Targets;

/// <summary>A call of a tool, its arguments' JSON in pieces.</summary>
internal sealed record TargetToolCall(string Id, string Name, IReadOnlyList<string> ArgumentPieces)
{
    public string Arguments => string.Concat(ArgumentPieces);
}
