using Microsoft.SemanticKernel;

namespace ChatApp.Api.Prompting;

/// <summary>
/// The system prompts and the blocks of what was recalled, as files in Semantic Kernel's template language. What people wrote enters as values only, so that
/// no <c>{{…}}</c> in it does anything.
/// </summary>
internal sealed class PromptTemplates
{
    private const string Ending = ".prompt";

    // Values are trusted, which here says only that they are not HTML-encoded: the result is the text of one system
    // message and is never parsed as chat XML, where an encoding would be left in for the model to read.
    private static readonly KernelPromptTemplateFactory Factory = new() { AllowDangerouslySetContent = true };
    private static readonly Kernel Kernel = new();

    private readonly Dictionary<string, IPromptTemplate> _templates;

    /// <param name="folder">Where the files are.</param>
    public PromptTemplates(string folder) => _templates = Directory.EnumerateFiles(folder, "*" + Ending).ToDictionary(
        static file => Path.GetFileNameWithoutExtension(file),
        static file => Factory.Create(new PromptTemplateConfig(File.ReadAllText(file).ReplaceLineEndings("\n").Trim())),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the files are that come with the service.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Prompting", "Templates");

    public bool Contains(string name) => _templates.ContainsKey(name);

    public Task<string> RenderAsync(string name, PersonaPrompt persona, CancellationToken cancellationToken) => RenderAsync(
        name,
        new Dictionary<string, object?>
        {
            ["systemPrompt"] = persona.SystemPrompt,
            ["description"] = persona.Description,
            ["style"] = persona.Style,
            ["greeting"] = persona.Greeting,
        },
        cancellationToken);

    /// <summary>Fills a template; what stands for a value is never read as a template itself.</summary>
    public Task<string> RenderAsync(string name, IDictionary<string, object?> values, CancellationToken cancellationToken) =>
        _templates[name].RenderAsync(Kernel, new KernelArguments(values), cancellationToken);
}
