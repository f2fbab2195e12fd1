using System.Text.Json.Serialization;

namespace OllamaSharp.Models;

public class PullModelRequest
{
    [JsonPropertyName("model")]
    public string? Model { get; set; }

    [JsonPropertyName("stream")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Stream { get; set; }
}

public class ShowModelRequest
{
    [JsonPropertyName("model")]
    public string? Model { get; set; }
}

public class DeleteModelRequest
{
    [JsonPropertyName("model")]
    public string? Model { get; set; }
}
