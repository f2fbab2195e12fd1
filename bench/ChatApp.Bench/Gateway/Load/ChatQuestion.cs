using System.Globalization;
using System.Text;
using ChatApp.Bench.Gateway.Stage;

namespace ChatApp.Bench.Gateway.Load;

/// <summary>The call that everybody is sent: a conversation of a few hundred tokens whose last message tells the simulator what to say.</summary>
internal static class ChatQuestion
{
    private const int Callers = 50;

    // As long as a character's description is.
    private static readonly string System = string.Join(' ', Enumerable.Repeat("You keep the light of a harbour, you know every ship by its lamps, and you answer in plain words.", 20));

    /// <summary>The whole request.</summary>
    /// <param name="target">Who is asked.</param>
    /// <param name="number">Which call it is: callers and conversations take turns by it.</param>
    /// <param name="settings">What the simulator is told, such as <c>tokens=1 first=0 stamp</c>.</param>
    public static byte[] Bytes(Target target, int number, string settings)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"model":"{{GatewayStage.Model}}","stream":true,"temperature":0.7,"messages":[{"role":"system","content":"{{System}}"},{"role":"user","content":"Which ship is that? [{{settings}}]"}]}""");
        var head = new StringBuilder()
            .Append("POST /v1/chat/completions HTTP/1.1\r\n")
            .Append(CultureInfo.InvariantCulture, $"Host: {target.Address}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {GatewayStage.Key}\r\n")
            .Append("Content-Type: application/json\r\nAccept: text/event-stream\r\n")
            .Append(CultureInfo.InvariantCulture, $"ChatApp-Caller: caller-{number % Callers}\r\nChatApp-Conversation: conversation-{number}\r\n")
            .Append(target.Headers)
            .Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")
            .Append(body);
        return Encoding.ASCII.GetBytes(head.ToString());
    }
}
