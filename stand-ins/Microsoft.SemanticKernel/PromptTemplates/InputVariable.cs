using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Microsoft.SemanticKernel;

public sealed class InputVariable
{
    [JsonPropertyName("name")]
    public string Name
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = string.Empty;

    [JsonPropertyName("description")]
    [AllowNull]
    public string Description
    {
        get;
        set => field = value ?? string.Empty;
    } = string.Empty;

    [JsonPropertyName("default")]
    public object? Default { get; set; }

    [JsonPropertyName("is_required")]
    public bool IsRequired { get; set; } = true;

    [JsonPropertyName("json_schema")]
    public string? JsonSchema { get; set; }

    [JsonPropertyName("allow_dangerously_set_content")]
    public bool AllowDangerouslySetContent { get; set; }

    [JsonPropertyName("sample")]
    public object? Sample { get; set; }
}
