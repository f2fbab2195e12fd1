using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Dialects;

/// <summary>How one kind of engine or provider is spoken to. Callers always speak OpenAI's dialect. Stateless.</summary>
internal interface IDialect
{
    /// <summary>The kinds that it is for.</summary>
    IReadOnlyCollection<EngineKind> Kinds { get; }

    /// <summary>Writes the call as the target wants it.</summary>
    /// <exception cref="DialectException">The target has no way to say it; another may.</exception>
    DialectRequest Write(GatewayCall call, ModelTarget target);

    /// <summary>What turns the answer's events into OpenAI's; null when they are those already.</summary>
    IEventTranslator? TranslateEvents(GatewayCall call, ModelTarget target);

    /// <summary>Turns a whole answer, that was not streamed, into OpenAI's; the same memory when it is that already.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not what such a target answers.</exception>
    ReadOnlyMemory<byte> TranslateBody(GatewayCall call, ModelTarget target, ReadOnlyMemory<byte> body);

    /// <summary>Turns the body of an error that is the caller's to know (400, 404, 413, 422) into OpenAI's shape.</summary>
    ReadOnlyMemory<byte> TranslateError(int status, ReadOnlyMemory<byte> body);
}
