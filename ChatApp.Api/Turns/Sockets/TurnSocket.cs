using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Turns.Events;

namespace ChatApp.Api.Turns.Sockets;

/// <summary>One open socket: it reads what the client asks, while its writer sends what happens.</summary>
internal sealed class TurnSocket : IOpenReader, IDisposable
{
    /// <summary>The largest message that is taken.</summary>
    public const int MaxMessage = 4096;

    // For the client's half of the closing handshake.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(60);

    private readonly WebSocket _socket;
    private readonly FollowedTurns _followed = new();
    private readonly TurnSocketWriter _writer;
    private readonly TurnSocketRequests _requests;
    private readonly CancellationTokenSource _end = new();
    private int _closing;
    private (WebSocketCloseStatus Status, string Reason) _close = (WebSocketCloseStatus.NormalClosure, "");

    public TurnSocket(WebSocket socket, AccessPass access, FollowAdmission admission, TimeProvider time)
    {
        (_socket, Access) = (socket, access);
        var signal = new ReaderSignal();
        _writer = new TurnSocketWriter(socket, _followed, signal, time);
        _requests = new TurnSocketRequests(access.UserId, _followed, _writer, signal, admission);
    }

    public AccessPass Access { get; }

    /// <summary>Serves the client until one of both closes.</summary>
    public async Task RunAsync()
    {
        var writing = WriteAsync();
        try
        {
            await ReadAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The client went away without a word, or did not answer ours.
        }
        finally
        {
            Close(WebSocketCloseStatus.NormalClosure, "");
            await writing;
        }
    }

    public void Tick()
    {
        if (_writer.Stuck > LongestWrite)
        {
            _socket.Abort();
        }
    }

    public void End() => Close(WebSocketCloseStatus.PolicyViolation, "The access token has ended.");

    public void Stop() => Close(WebSocketCloseStatus.EndpointUnavailable, "The service restarts. Connect again.");

    public void Dispose()
    {
        _followed.Dispose();
        _end.Dispose();
    }

    private void Close(WebSocketCloseStatus status, string reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            _close = (status, reason);
            _writer.Stop();
            _end.CancelAfter(ClosePatience);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await _writer.RunAsync(_end.Token);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(_close.Status, _close.Reason, _end.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Whoever reads hears of it.
            _socket.Abort();
        }
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            // Without a buffer until there is something to put into it.
            var arrival = await _socket.ReceiveAsync(Memory<byte>.Empty, _end.Token);
            if (arrival.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(MaxMessage);
            try
            {
                await ReadMessageAsync(buffer.AsMemory(0, MaxMessage), arrival);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private async Task ReadMessageAsync(Memory<byte> buffer, ValueWebSocketReceiveResult received)
    {
        var length = 0;
        while (!received.EndOfMessage && length < buffer.Length)
        {
            received = await _socket.ReceiveAsync(buffer[length..], _end.Token);
            length += received.Count;
        }

        if (Volatile.Read(ref _closing) != 0 || received.MessageType == WebSocketMessageType.Close)
        {
            // What still comes until the client has closed too is not looked at.
            return;
        }

        if (received.MessageType == WebSocketMessageType.Binary)
        {
            Close(WebSocketCloseStatus.InvalidMessageType, "Send text.");
        }
        else if (!received.EndOfMessage)
        {
            Close(WebSocketCloseStatus.MessageTooBig, $"A message has {MaxMessage} bytes at most.");
        }
        else
        {
            await HandleAsync(buffer[..length]);
        }
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _requests.HandleAsync(message, _end.Token);
        }
        catch (JsonException)
        {
            Close(WebSocketCloseStatus.InvalidMessageType, "Send JSON.");
        }
    }
}
