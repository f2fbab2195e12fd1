using System.Text.Json.Serialization;

namespace OllamaSharp.Models;

public class PullModelResponse
{
    [JsonPropertyName("status")]
    public string Status { get; set; } = null!;

    [JsonPropertyName("digest")]
    public string Digest { get; set; } = null!;

    [JsonPropertyName("total")]
    public long Total { get; set; }

    [JsonPropertyName("completed")]
    public long Completed { get; set; }

    [JsonIgnore]
    public double Percent => Total == 0 ? 100.0 : Completed * 100.0 / Total;
}
