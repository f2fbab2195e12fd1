using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.SemanticKernel;

public sealed class PromptTemplateConfig
{
    private const string NotReadable = "Unable to deserialize PromptTemplateConfig from the specified JSON.";

    public PromptTemplateConfig()
    {
    }

    public PromptTemplateConfig(string template) => Template = template;

    public static string SemanticKernelTemplateFormat => "semantic-kernel";

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    [JsonPropertyName("template_format")]
    [AllowNull]
    public string TemplateFormat
    {
        get;
        set => field = value ?? SemanticKernelTemplateFormat;
    } = SemanticKernelTemplateFormat;

    [JsonPropertyName("template")]
    public string Template
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = string.Empty;

    [JsonPropertyName("input_variables")]
    public List<InputVariable> InputVariables
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = [];

    [JsonPropertyName("allow_dangerously_set_content")]
    public bool AllowDangerouslySetContent { get; set; }

    public static PromptTemplateConfig FromJson(string json)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(json);
        PromptTemplateConfig? config;
        try
        {
            config = JsonSerializer.Deserialize<PromptTemplateConfig>(json);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException(NotReadable, nameof(json), exception);
        }

        foreach (var variable in config?.InputVariables ?? [])
        {
            // Read as object, a JSON string arrives as an element.
            variable.Default = variable.Default switch
            {
                null => null,
                JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
                _ => throw new NotSupportedException($"Default value for input variable '{variable.Name}' must be a string."),
            };
        }

        return config ?? throw new ArgumentException(NotReadable, nameof(json));
    }
}
