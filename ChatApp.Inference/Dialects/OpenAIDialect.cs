using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Dialects;

/// <summary>
/// What callers speak already, and OpenAI, vLLM, llama-server and Ollama too. The model gets the name that it has there, streams are
/// asked to count their tokens, and little is added by kind; every other byte is the caller's.
/// </summary>
internal sealed class OpenAIDialect : IDialect
{
    private static readonly ReadOnlyMemory<byte> CachesPrompt = "\"cache_prompt\":true,"u8.ToArray();

    public IReadOnlyCollection<EngineKind> Kinds { get; } = [EngineKind.OpenAI, EngineKind.LlamaCpp, EngineKind.Ollama];

    public DialectRequest Write(GatewayCall call, ModelTarget target)
    {
        var body = call.Body;
        var splice = new BodySplice(body.Json);
        if (body.Model != target.Model)
        {
            splice.Replace(body.ModelValue, BodySplice.Quoted(target.Model));
        }

        var hidesUsage = call.Kind != CallKind.Embedding && StreamUsage.Ask(body, splice);
        if (target.Engine.Kind == EngineKind.LlamaCpp && call.Kind != CallKind.Embedding && !body.HasCachePrompt)
        {
            // Its default today; builds before it was throw the slot's cache away with every call.
            splice.Add(CachesPrompt);
        }
        else if (target.Engine.Kind == EngineKind.Ollama && call.Kind != CallKind.Embedding && body is { HasMaxTokens: false, MaxTokens: { } most })
        {
            // It does not know max_completion_tokens, and without a bound its answers have none.
            splice.Add(System.Text.Encoding.UTF8.GetBytes($"\"max_tokens\":{most},"));
        }

        return new DialectRequest("v1/" + OpenAIPaths.Operation(call.Kind), splice.ToBody(), hidesUsage)
        {
            Headers = string.IsNullOrEmpty(target.Engine.Key) ? [] : [new("Authorization", "Bearer " + target.Engine.Key)],
        };
    }

    public IEventTranslator? TranslateEvents(GatewayCall call, ModelTarget target) => null;

    public ReadOnlyMemory<byte> TranslateBody(GatewayCall call, ModelTarget target, ReadOnlyMemory<byte> body) => body;

    public ReadOnlyMemory<byte> TranslateError(int status, ReadOnlyMemory<byte> body) => ErrorTranslation.ToOpenAI(status, body);
}
