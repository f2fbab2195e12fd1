using System.Text.Json.Serialization;

namespace OllamaSharp.Models;

public class ShowModelResponse
{
    [JsonPropertyName("parameters")]
    public string? Parameters { get; set; }

    [JsonPropertyName("template")]
    public string? Template { get; set; }

    [JsonPropertyName("details")]
    public Details Details { get; set; } = null!;

    [JsonPropertyName("capabilities")]
    public string[]? Capabilities { get; set; }
}
