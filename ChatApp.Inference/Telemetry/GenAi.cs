using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Telemetry;

/// <summary>Names and values of OpenTelemetry's semantic conventions for generative AI, as far as the gateway uses them.</summary>
internal static class GenAi
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestStream = "gen_ai.request.stream";
    public const string ResponseModel = "gen_ai.response.model";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string TokenType = "gen_ai.token.type";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CachedInputTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";

    /// <summary>The operation's name.</summary>
    public static string Operation(CallKind kind) => kind switch
    {
        CallKind.Embedding => "embeddings",
        CallKind.Completion => "text_completion",
        _ => "chat",
    };

    /// <summary>The provider's name; engines of one's own, for which the conventions have none, have the one they are known by.</summary>
    public static string Provider(EngineKind kind) => kind switch
    {
        EngineKind.AzureOpenAI => "azure.ai.openai",
        EngineKind.Anthropic => "anthropic",
        EngineKind.OpenAI => "openai",
        EngineKind.Ollama => "ollama",
        _ => "llama_cpp",
    };
}
