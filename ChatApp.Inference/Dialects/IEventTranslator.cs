using System.Buffers;

namespace ChatApp.Inference.Dialects;

/// <summary>Turns a target's events into OpenAI's, one answer long.</summary>
internal interface IEventTranslator
{
    /// <summary>Takes one whole event and writes none, one or several whole events of OpenAI's (<c>data: {…}</c> and an empty line).</summary>
    /// <param name="name">The event's name, if it has one.</param>
    /// <param name="data">Its data.</param>
    /// <param name="output">What the caller gets.</param>
    /// <returns>Whether that was the answer's end.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is not what such a target says.</exception>
    /// <exception cref="DialectException">The target says that it failed.</exception>
    bool Translate(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output);
}
