using System.ComponentModel.DataAnnotations;

namespace ChatApp.AppHost;

/// <summary>What the operator may say about inference: the section <c>ChatApp:Engine</c>.</summary>
internal sealed class EngineSettings
{
    /// <value><c>auto</c>, <c>llama.cpp</c>, <c>ollama</c> or <c>endpoint</c>.</value>
    [AllowedValues("auto", "llama.cpp", "ollama", "endpoint", ErrorMessage = "Engine:Kind is auto, llama.cpp, ollama or endpoint.")]
    public string Kind { get; set; } = "auto";

    /// <value>The base address of a running Ollama or of an OpenAI-compatible endpoint, with or without <c>/v1</c>.</value>
    public Uri? Address { get; set; }

    /// <value>The endpoint's API key, if it wants one.</value>
    public string? Key { get; set; }

    /// <value>Tokens that one conversation may hold in llama.cpp.</value>
    [Range(512, 131072)]
    public int ContextTokens { get; set; } = 4096;

    /// <value>Whether it goes on from the beginning of an answer; by default llama.cpp does, and nothing is expected of others.</value>
    public bool? Prefills { get; set; }

    /// <value>Whether it is an outside provider's; by default what its address says.</value>
    public bool? Outside { get; set; }

    /// <value>An embedding model that the same Ollama or endpoint serves, for memories and documents; by default none.</value>
    public string? Embeddings { get; set; }

    /// <value>What that model wants before a question.</value>
    public string? EmbeddingQueryPrefix { get; set; }

    /// <value>What it wants before a text to be found.</value>
    public string? EmbeddingDocumentPrefix { get; set; }
}
