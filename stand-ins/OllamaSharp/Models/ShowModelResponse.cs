using System.Text.Json.Serialization;

namespace OllamaSharp.Models;

public class ShowModelResponse
{
    [JsonPropertyName("parameters")]
    public string? Parameters { get; set; }

    [JsonPropertyName("template")]
    public string? Template { get; set; }

    [JsonPropertyName("license")]
    public string? License { get; set; }

    [JsonPropertyName("model_info")]
    public ModelInfo Info { get; set; } = null!;

    [JsonPropertyName("details")]
    public Details Details { get; set; } = null!;

    [JsonPropertyName("capabilities")]
    public string[]? Capabilities { get; set; }
}

public class ModelInfo
{
    [JsonPropertyName("general.architecture")]
    public string? Architecture { get; set; }

    [JsonExtensionData]
    public IDictionary<string, object>? ExtraInfo { get; set; }
}
