namespace ChatApp.AppHost.Engine;

/// <summary>One engine as the gateway sees it.</summary>
/// <param name="Kind">The dialect: <c>LlamaCpp</c>, <c>Ollama</c> or <c>OpenAI</c>.</param>
/// <param name="Address">Its base address, without <c>/v1</c>.</param>
/// <param name="Model">The model that it serves.</param>
/// <param name="Key">The key that it wants, if any.</param>
/// <param name="Readiness">What must be healthy before the gateway is of use; null when the engine is not ours to start.</param>
internal sealed record ModelEngine(
    string Kind,
    ReferenceExpression Address,
    ModelChoice Model,
    IResourceBuilder<ParameterResource>? Key = null,
    IResourceBuilder<IResource>? Readiness = null)
{
    /// <summary>It goes on from a last message of the assistant, so that an answer that was cut off can be continued.</summary>
    public bool Prefills { get; init; }

    /// <summary>Tokens that one conversation may hold; null when the engine is not ours to say.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>It is an outside provider's, which people can keep their memories from.</summary>
    public bool IsOutside { get; init; }

    /// <summary>The embedding model that it serves as well; null for none.</summary>
    public string? Embeddings { get; init; }
}
