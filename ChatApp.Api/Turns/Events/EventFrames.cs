using System.Buffers;
using System.Text;
using ChatApp.Api.Turns.Sockets;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// An event as bytes, as streams and as sockets send it. Many readers of one event send the same bytes. Two that ask at
/// once may both make them, to the same effect.
/// </summary>
internal sealed class EventFrames
{
    private byte[]? _stream;
    private byte[]? _socket;

    /// <summary>Writes the event as an entry of a <c>text/event-stream</c>.</summary>
    public static void WriteStream(TurnEvent turnEvent, IBufferWriter<byte> output)
    {
        if (turnEvent.Frames is { } frames)
        {
            output.Write(frames._stream ??= ToArray(turnEvent));
            return;
        }

        Encode(turnEvent, output);
    }

    /// <summary>The event as a frame of a socket.</summary>
    public static byte[] Socket(TurnEvent turnEvent, Guid turnId) => turnEvent.Frames is { } frames
        ? frames._socket ??= SocketFrames.Event(turnId, turnEvent)
        : SocketFrames.Event(turnId, turnEvent);

    private static byte[] ToArray(TurnEvent turnEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(turnEvent.Data.Length + 96);
        Encode(turnEvent, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    // Data is one line of JSON, in which every line break is escaped, so no value can end the event early.
    private static void Encode(TurnEvent turnEvent, IBufferWriter<byte> output)
    {
        output.Write("id: "u8);
        Encoding.UTF8.GetBytes(turnEvent.Id.ToString(), output);
        output.Write("\nevent: "u8);
        Encoding.UTF8.GetBytes(turnEvent.Type, output);
        output.Write("\ndata: "u8);
        Encoding.UTF8.GetBytes(turnEvent.Data, output);
        output.Write("\n\n"u8);
    }
}
