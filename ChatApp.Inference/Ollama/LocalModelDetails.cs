namespace ChatApp.Inference.Ollama;

/// <summary>A model that an engine has, in full.</summary>
/// <param name="Name">With its tag.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="ModifiedAt">When it was pulled or changed.</param>
/// <param name="Family">Such as <c>llama</c>.</param>
/// <param name="ParameterSize">Such as <c>3.2B</c>.</param>
/// <param name="Quantization">Such as <c>Q4_K_M</c>.</param>
/// <param name="Loaded">Whether it is in memory, ready to answer.</param>
/// <param name="Capabilities">In Ollama's words: <c>completion</c>, <c>tools</c>, <c>vision</c> …</param>
/// <param name="Template">How a chat is written for it; cut when it is very long.</param>
/// <param name="ContextTokens">The context that it was made for; null when it does not say.</param>
/// <param name="License">Its licence; cut when it is very long.</param>
internal sealed record LocalModelDetails(
    string Name,
    long? Bytes,
    DateTimeOffset? ModifiedAt,
    string? Family,
    string? ParameterSize,
    string? Quantization,
    bool Loaded,
    IReadOnlyList<string> Capabilities,
    string? Template,
    long? ContextTokens,
    string? License);
