namespace ChatApp.Inference.Ollama;

/// <summary>A model that an engine has.</summary>
/// <param name="Name">With its tag.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="ModifiedAt">When it was pulled or changed.</param>
/// <param name="Family">Such as <c>llama</c>.</param>
/// <param name="ParameterSize">Such as <c>3.2B</c>.</param>
/// <param name="Quantization">Such as <c>Q4_K_M</c>.</param>
/// <param name="Loaded">Whether it is in memory, ready to answer.</param>
/// <param name="ContextTokens">The context that it was loaded with; null while it is not.</param>
internal sealed record LocalModel(
    string Name, long Bytes, DateTimeOffset ModifiedAt, string? Family, string? ParameterSize, string? Quantization, bool Loaded, int? ContextTokens);
