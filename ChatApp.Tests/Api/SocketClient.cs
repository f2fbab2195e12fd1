using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Api;

/// <summary>A client of the socket on which many turns are followed.</summary>
internal sealed class SocketClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SocketClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<SocketClient> OpenAsync(Uri service, string token) =>
        OpenAsync(service, options => options.SetRequestHeader("Authorization", $"Bearer {token}"));

    public static async Task<SocketClient> OpenAsync(Uri service, Action<ClientWebSocketOptions> configure)
    {
        var socket = new ClientWebSocket();
        configure(socket.Options);
        await socket.ConnectAsync(new UriBuilder(service) { Scheme = "ws", Path = "/api/ws" }.Uri, Cancelled);
        return new SocketClient(socket);
    }

    public Task SendAsync(object message) => SendAsync(System.Text.Json.JsonSerializer.Serialize(message));

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => Socket.SendAsync(bytes, type, endOfMessage: true, Cancelled);

    public Task FollowAsync(Guid turnId, string? lastEventId = null) => SendAsync(new { type = "follow", turnId, lastEventId });

    /// <summary>The next frame; null when the service has closed.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        var buffer = new byte[4096];
        using var message = new MemoryStream();
        while (true)
        {
            var received = await Socket.ReceiveAsync(buffer, Cancelled).WaitAsync(Patience, Cancelled);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return JsonNode.Parse(message.ToArray())!;
            }
        }
    }

    /// <summary>Reads until the service closes, and gives what it closed with.</summary>
    public async Task<WebSocketCloseStatus?> ClosedAsync()
    {
        while (await NextAsync() is not null)
        {
        }

        return Socket.CloseStatus;
    }

    /// <summary>The events of a turn until it has ended; frames of others are dropped.</summary>
    public async Task<List<TurnEventSeen>> ReadToEndAsync(Guid turnId)
    {
        var events = new List<TurnEventSeen>();
        while (await NextAsync() is { } frame)
        {
            if ((Guid?)frame["turnId"] != turnId)
            {
                continue;
            }

            switch ((string?)frame["type"])
            {
                case "ended":
                    return events;
                case "event":
                    events.Add(Event(frame));
                    break;
                default:
                    Assert.Fail(frame.ToJsonString());
                    break;
            }
        }

        throw new InvalidOperationException("The service closed the socket.");
    }

    public static TurnEventSeen Event(JsonNode frame) => new((string)frame["id"]!, (string)frame["event"]!, frame["data"]!);

    public void Dispose() => Socket.Dispose();
}
