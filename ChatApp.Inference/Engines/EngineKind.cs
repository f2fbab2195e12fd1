namespace ChatApp.Inference.Engines;

/// <summary>What an engine or provider is, which decides its dialect and how its readiness is asked for.</summary>
public enum EngineKind
{
    /// <summary>llama.cpp's <c>llama-server</c>, or anything with its <c>GET /health</c>.</summary>
    LlamaCpp,

    /// <summary>Ollama.</summary>
    Ollama,

    /// <summary>OpenAI, or any server with its API, such as vLLM.</summary>
    OpenAI,

    /// <summary>Azure OpenAI: the model is a deployment, the key goes into <c>api-key</c>.</summary>
    AzureOpenAI,

    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,
}
