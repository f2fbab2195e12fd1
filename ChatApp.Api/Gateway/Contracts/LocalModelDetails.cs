namespace ChatApp.Api.Gateway.Contracts;

/// <summary>What an engine tells of a model on its disk.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was pulled or made.</param>
/// <param name="Family">What it is of.</param>
/// <param name="ParameterSize">How many parameters it has.</param>
/// <param name="Quantization">How they are stored.</param>
/// <param name="Loaded">Whether it is in memory.</param>
/// <param name="ContextTokens">Tokens that it can read and write together.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Template">How messages become its prompt.</param>
/// <param name="License">What one may do with it.</param>
public sealed record LocalModelDetails(
    string Name,
    long? Bytes,
    DateTimeOffset? ModifiedAt,
    string? Family,
    string? ParameterSize,
    string? Quantization,
    bool Loaded,
    long? ContextTokens,
    IReadOnlyList<string>? Capabilities,
    string? Template,
    string? License);
