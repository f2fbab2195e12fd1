using System.Text.Json.Serialization;

namespace OllamaSharp.Models;

public class ErrorResponse
{
    [JsonPropertyName("error")]
    public string Message { get; set; } = string.Empty;
}
