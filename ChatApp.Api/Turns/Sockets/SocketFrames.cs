using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatApp.Api.Turns.Events;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatApp.Api.Turns.Sockets;

/// <summary>What is sent on a socket: text frames of JSON.</summary>
internal static class SocketFrames
{
    public static byte[] Pong { get; } = JsonSerializer.SerializeToUtf8Bytes(new SocketNotice("pong", null), SocketJson.Default.SocketNotice);

    /// <summary>Nothing more comes of this turn.</summary>
    public static byte[] Ended(Guid turnId) => JsonSerializer.SerializeToUtf8Bytes(new SocketNotice("ended", turnId), SocketJson.Default.SocketNotice);

    public static byte[] Error(int status, string detail, Guid? turnId = null) => JsonSerializer.SerializeToUtf8Bytes(
        new SocketError("error", turnId, status, ReasonPhrases.GetReasonPhrase(status), detail), SocketJson.Default.SocketError);

    /// <summary>An event, with the id, name and data that a stream would give it.</summary>
    public static byte[] Event(Guid turnId, TurnEvent turnEvent)
    {
        // The type is one of our own names, and the data is JSON: neither needs escaping.
        var buffer = new ArrayBufferWriter<byte>(turnEvent.Data.Length + 160);
        Encoding.UTF8.GetBytes($$"""{"type":"event","turnId":"{{turnId}}","id":"{{turnEvent.Id}}","event":"{{turnEvent.Type}}","data":""", buffer);
        Encoding.UTF8.GetBytes(turnEvent.Data, buffer);
        buffer.Write("}"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
