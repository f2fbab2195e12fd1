namespace ChatApp.Web.Admin;

/// <summary>The kinds of engines in people's words.</summary>
internal static class EngineKinds
{
    /// <summary>Each with its name on the wire.</summary>
    public static IReadOnlyList<(string Kind, string Name)> All { get; } =
    [
        ("Ollama", "Ollama"),
        ("LlamaCpp", "llama.cpp server"),
        ("OpenAI", "OpenAI or compatible (vLLM …)"),
        ("AzureOpenAI", "Azure OpenAI"),
        ("Anthropic", "Anthropic"),
    ];

    /// <summary>What a kind is called.</summary>
    public static string Name(string kind) => All.FirstOrDefault(known => known.Kind == kind).Name ?? kind;
}
