using System.Text.Json.Serialization;

namespace ChatApp.Inference.Tokens;

/// <summary>Texts to be counted.</summary>
internal sealed record TokenizeRequest(string? Model, List<string>? Prompts);

/// <summary>A count for each text, and the tokens that a conversation with the model may hold where the engine tells.</summary>
internal sealed record TokenCount(List<int> Counts, int? MaxModelLen);

/// <summary>What llama-server is asked.</summary>
internal sealed record LlamaTokenize(string Content);

/// <summary>What vLLM is asked.</summary>
internal sealed record VllmTokenize(string Model, string Prompt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenizeRequest))]
[JsonSerializable(typeof(TokenCount))]
[JsonSerializable(typeof(LlamaTokenize))]
[JsonSerializable(typeof(VllmTokenize))]
internal sealed partial class TokenizeJson : JsonSerializerContext;
