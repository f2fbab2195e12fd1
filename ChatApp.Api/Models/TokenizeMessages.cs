using System.Text.Json.Serialization;

namespace ChatApp.Api.Models;

/// <summary>Asks the gateway how many tokens texts have.</summary>
internal sealed record TokenizeRequest(string Model, List<string> Prompts);

/// <summary>The gateway's answer: a count for each text, and the model's context where the engine tells.</summary>
internal sealed record TokenizeAnswer(List<int>? Counts, int? MaxModelLen);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenizeRequest))]
[JsonSerializable(typeof(TokenizeAnswer))]
internal sealed partial class TokenizeJson : JsonSerializerContext;
