using System.Text.Json.Serialization;

namespace ChatApp.Api.Prompting;

/// <summary>One few-shot example of a character: what is said, and what it answers.</summary>
internal sealed record PromptExample(string User, string Assistant);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<PromptExample>))]
internal sealed partial class PromptExampleJson : JsonSerializerContext;
