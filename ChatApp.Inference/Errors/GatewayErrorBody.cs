using System.Text.Json.Serialization;

namespace ChatApp.Inference.Errors;

/// <summary>The shape of OpenAI's errors, with our trace id added.</summary>
internal sealed record GatewayErrorBody(GatewayErrorDetail Error);

internal sealed record GatewayErrorDetail(string Message, string Type, string Code, string TraceId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GatewayErrorBody))]
internal sealed partial class GatewayErrorJson : JsonSerializerContext;
