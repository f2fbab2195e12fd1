using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Dialects;

/// <summary>What callers speak already: only the model's name may be another.</summary>
internal sealed class OpenAIDialect : IDialect
{
    public IReadOnlyCollection<EngineKind> Kinds { get; } = [EngineKind.OpenAI, EngineKind.LlamaCpp, EngineKind.Ollama];

    public DialectRequest Write(GatewayCall call, ModelTarget target) => new(
        call.Kind switch
        {
            CallKind.Embedding => "v1/embeddings",
            CallKind.Completion => "v1/completions",
            _ => "v1/chat/completions",
        },
        call.Body.Json)
    {
        Headers = string.IsNullOrEmpty(target.Engine.Key) ? [] : [new("Authorization", "Bearer " + target.Engine.Key)],
    };

    public IEventTranslator? TranslateEvents(GatewayCall call, ModelTarget target) => null;

    public ReadOnlyMemory<byte> TranslateBody(GatewayCall call, ModelTarget target, ReadOnlyMemory<byte> body) => body;

    public ReadOnlyMemory<byte> TranslateError(int status, ReadOnlyMemory<byte> body) => body;
}
