using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation.Detectors.Outside;

/// <summary>What the API is asked.</summary>
internal sealed record OutsideRequest(string Input, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model);

/// <summary>What it answers: a result for each input, a score from 0 to 1 for each of its categories.</summary>
internal sealed record OutsideAnswer(List<OutsideResult>? Results);

/// <summary>One of those.</summary>
internal sealed record OutsideResult(bool Flagged, Dictionary<string, double?>? CategoryScores);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OutsideRequest))]
[JsonSerializable(typeof(OutsideAnswer))]
internal sealed partial class OutsideJson : JsonSerializerContext;
