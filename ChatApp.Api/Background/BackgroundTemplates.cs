using Microsoft.SemanticKernel;

namespace ChatApp.Api.Background;

/// <summary>
/// What models are asked in the background, as files in Semantic Kernel's template language. What people wrote enters as values only.
/// </summary>
internal sealed class BackgroundTemplates
{
    // Nothing is HTML-encoded: the result is the text of one message and is never parsed as chat XML.
    private static readonly KernelPromptTemplateFactory Factory = new() { AllowDangerouslySetContent = true };
    private static readonly Kernel Kernel = new();

    private readonly Dictionary<string, IPromptTemplate> _templates = Directory.EnumerateFiles(Folder, "*.prompt").ToDictionary(
        static file => Path.GetFileNameWithoutExtension(file),
        static file => Factory.Create(new PromptTemplateConfig(File.ReadAllText(file).ReplaceLineEndings("\n").Trim())),
        StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Background", "Templates");

    public Task<string> RenderAsync(string name, KernelArguments values, CancellationToken cancellationToken) =>
        _templates[name].RenderAsync(Kernel, values, cancellationToken);

    /// <summary>A message as one line, so that no part of it can pass for another message or for what the model is told.</summary>
    public static string Line(string speaker, string text, int maxCharacters)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{speaker}: {(line.Length <= maxCharacters ? line : line[..(char.IsHighSurrogate(line[maxCharacters - 1]) ? maxCharacters - 1 : maxCharacters)] + '…')}";
    }
}
