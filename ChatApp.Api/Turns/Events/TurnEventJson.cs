using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// How event data is written: one line, and letters as they are. It is read by scripts as JSON, never placed into HTML,
/// so escaping every non-ASCII letter would only make most of the world's text three times as long.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AcceptedData))]
[JsonSerializable(typeof(DeltaData))]
[JsonSerializable(typeof(TurnRecall))]
[JsonSerializable(typeof(TurnUsage))]
[JsonSerializable(typeof(ModeratedData))]
[JsonSerializable(typeof(CompletedData))]
[JsonSerializable(typeof(FailedData))]
[JsonSerializable(typeof(CancelledData))]
internal sealed partial class TurnEventJson : JsonSerializerContext
{
    public static TurnEventJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
