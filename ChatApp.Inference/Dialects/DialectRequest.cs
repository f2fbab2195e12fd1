namespace ChatApp.Inference.Dialects;

/// <summary>What is sent to a target.</summary>
/// <param name="Path">Under the engine's address, with the query if it has one: <c>v1/chat/completions</c>.</param>
/// <param name="Body">The JSON.</param>
/// <param name="HidesUsage">Whether tokens are counted for the gateway only, so that the event which tells them is not passed on.</param>
internal sealed record DialectRequest(string Path, ReadOnlyMemory<byte> Body, bool HidesUsage = false)
{
    /// <summary>Headers besides the content's, the key among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
