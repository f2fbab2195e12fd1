namespace ChatApp.Inference.Engines;

/// <summary>What an engine is, which decides how its readiness is asked for. All of them speak OpenAI's dialect under <c>/v1</c>.</summary>
public enum EngineKind
{
    /// <summary>llama.cpp's <c>llama-server</c>, or anything with its <c>GET /health</c>.</summary>
    LlamaCpp,

    /// <summary>Ollama.</summary>
    Ollama,

    /// <summary>Any endpoint with OpenAI's API: vLLM, a provider.</summary>
    OpenAI,
}
