namespace ChatApp.AppHost.Gateway;

/// <summary>The kinds of engines and providers that the gateway speaks with, by its own names.</summary>
internal enum EngineDialect
{
    LlamaCpp,
    Ollama,
    OpenAI,
    AzureOpenAI,
    Anthropic,
}
