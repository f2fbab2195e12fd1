namespace ChatApp.Api.Gateway.Contracts;

/// <summary>A model that an engine has on its disk.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was pulled or made.</param>
/// <param name="Family">What it is of, such as llama.</param>
/// <param name="ParameterSize">How many parameters it has, such as 3.2B.</param>
/// <param name="Quantization">How they are stored, such as Q4_K_M.</param>
/// <param name="Loaded">Whether it is in memory.</param>
/// <param name="ContextTokens">The tokens that it holds there.</param>
public sealed record LocalModel(
    string Name, long Bytes, DateTimeOffset? ModifiedAt, string? Family, string? ParameterSize, string? Quantization, bool Loaded, long? ContextTokens);
