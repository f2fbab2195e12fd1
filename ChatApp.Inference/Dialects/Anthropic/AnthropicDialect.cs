using System.Buffers;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>
/// Anthropic's Messages API (<c>POST /v1/messages</c>), translated both ways; written from its published reference. Chats only: it
/// completes and embeds nothing.
/// </summary>
internal sealed class AnthropicDialect(TimeProvider time) : IDialect
{
    /// <summary>The version asked for where <see cref="EngineOptions.ApiVersion"/> names none.</summary>
    public const string DefaultVersion = "2023-06-01";

    public IReadOnlyCollection<EngineKind> Kinds { get; } = [EngineKind.Anthropic];

    public DialectRequest Write(GatewayCall call, ModelTarget target)
    {
        if (call.Kind != CallKind.Chat)
        {
            throw new DialectException($"Anthropic's API has no {OpenAIPaths.Operation(call.Kind)}.");
        }

        var version = target.Engine.ApiVersion is { Length: > 0 } wanted ? wanted : DefaultVersion;
        var versionHeader = new KeyValuePair<string, string>("anthropic-version", version);
        return new DialectRequest("v1/messages", MessageRequest.Write(call.Body, target.Model), HidesUsage: call.Body is { Streams: true, WantsUsage: false })
        {
            Headers = string.IsNullOrEmpty(target.Engine.Key) ? [versionHeader] : [versionHeader, new("x-api-key", target.Engine.Key)],
        };
    }

    public IEventTranslator? TranslateEvents(GatewayCall call, ModelTarget target) => new MessageEvents(time.GetUtcNow().ToUnixTimeSeconds());

    public ReadOnlyMemory<byte> TranslateBody(GatewayCall call, ModelTarget target, ReadOnlyMemory<byte> body)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 256);
        MessageAnswer.Write(body, time.GetUtcNow().ToUnixTimeSeconds(), output);
        return output.WrittenMemory;
    }

    public ReadOnlyMemory<byte> TranslateError(int status, ReadOnlyMemory<byte> body) => ErrorTranslation.ToOpenAI(status, body);
}
