using System.Text.Json;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Forwarding;

/// <summary>Reads answers that are not streamed, whole and within a bound.</summary>
internal static class AnswerBody
{
    private const int Largest = 8 * 1024 * 1024;
    private const int LargestEmbeddings = 32 * 1024 * 1024;
    private const int Typical = 4096;

    /// <summary>The most that an answer of the kind may have, in bytes.</summary>
    public static int Bound(CallKind kind) => kind is CallKind.Embedding ? LargestEmbeddings : Largest;

    /// <summary>Reads a body whole.</summary>
    /// <exception cref="InvalidDataException">It is larger than <paramref name="bound"/> bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int bound, AttemptClock clock)
    {
        await using var source = await content.ReadAsStreamAsync(clock.Token);
        var buffer = new byte[Math.Clamp(content.Headers.ContentLength + 1 ?? Typical, 1, bound + 1)];
        for (var length = 0; ;)
        {
            var count = await source.ReadAsync(buffer.AsMemory(length), clock.Token);
            length += count;
            if (count == 0)
            {
                return buffer.AsMemory(0, length);
            }

            if (length > bound)
            {
                throw new InvalidDataException($"The answer is larger than {bound} bytes.");
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(bound + 1L, buffer.Length * 2L));
            }
        }
    }

    /// <summary>Checks that a body is an answer to the call, and notes what it took.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    /// <exception cref="Dialects.DialectException">It says that the engine failed.</exception>
    public static void Check(ReadOnlyMemory<byte> body, GatewayCall call, long now)
    {
        var facts = AnswerReader.Read(body.Span, call.Usage);
        if (facts.HasError)
        {
            throw new Dialects.DialectException("The engine said that it failed.");
        }

        if (call.Kind is CallKind.Embedding ? !facts.HasData : !facts.HasChoices)
        {
            throw new JsonException("It has neither choices nor data.");
        }

        call.Usage.FirstTokenAt = call.Usage.LastTokenAt = now;
        call.Usage.Pieces = facts.HasPiece ? 1 : 0;
    }
}
