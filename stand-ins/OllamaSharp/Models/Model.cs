using System.Text.Json.Serialization;

namespace OllamaSharp.Models;

public class ListModelsResponse
{
    [JsonPropertyName("models")]
    public Model[] Models { get; set; } = [];
}

public class ListRunningModelsResponse
{
    [JsonPropertyName("models")]
    public RunningModel[] RunningModels { get; set; } = [];
}

public class Model
{
    [JsonPropertyName("name")]
    public string Name { get; set; } = null!;

    [JsonPropertyName("model")]
    public string? ModelName { get; set; }

    [JsonPropertyName("modified_at")]
    public DateTime ModifiedAt { get; set; }

    [JsonPropertyName("size")]
    public long Size { get; set; }

    [JsonPropertyName("digest")]
    public string Digest { get; set; } = null!;

    [JsonPropertyName("details")]
    public Details Details { get; set; } = null!;
}

public class RunningModel : Model
{
    [JsonPropertyName("size_vram")]
    public long SizeVram { get; set; }

    [JsonPropertyName("expires_at")]
    public DateTime ExpiresAt { get; set; }

    [JsonPropertyName("context_length")]
    public int ContextLength { get; set; }
}

public class Details
{
    [JsonPropertyName("format")]
    public string Format { get; set; } = null!;

    [JsonPropertyName("family")]
    public string Family { get; set; } = null!;

    [JsonPropertyName("parameter_size")]
    public string ParameterSize { get; set; } = null!;

    [JsonPropertyName("quantization_level")]
    public string QuantizationLevel { get; set; } = null!;
}
