using System.Net.WebSockets;
using System.Threading.Channels;
using ChatApp.Api.Turns.Events;

namespace ChatApp.Api.Turns.Sockets;

/// <summary>
/// The only one who writes on a socket. It buffers next to nothing: while the client is slow, events stay where they are
/// and are read from there afterwards, and somebody who asks faster than he takes answers is not read either.
/// </summary>
internal sealed class TurnSocketWriter(WebSocket socket, FollowedTurns turns, ReaderSignal signal, TimeProvider time)
{
    private const int MaxReplies = 16;

    private readonly Channel<byte[]> _replies = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxReplies) { SingleReader = true });
    private long _sendingSince;
    private volatile bool _isStopped;

    /// <summary>How long the newest send has been waiting for the client.</summary>
    public TimeSpan Stuck => Volatile.Read(ref _sendingSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Has an answer sent; waits while too many others are.</summary>
    public async ValueTask ReplyAsync(byte[] frame, CancellationToken cancellationToken)
    {
        await _replies.Writer.WriteAsync(frame, cancellationToken);
        signal.Wake();
    }

    public void Stop()
    {
        _isStopped = true;
        signal.Wake();
    }

    /// <summary>Sends answers and events until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<TurnEvent>();
        while (!_isStopped)
        {
            var sent = false;
            while (_replies.Reader.TryRead(out var reply))
            {
                await SendAsync(reply, cancellationToken);
                sent = true;
            }

            foreach (var turn in turns.Now)
            {
                sent |= await SendAsync(turn, batch, cancellationToken);
            }

            if (!sent)
            {
                await signal.WaitAsync();
            }
        }
    }

    private async Task<bool> SendAsync(FollowedTurn turn, List<TurnEvent> batch, CancellationToken cancellationToken)
    {
        batch.Clear();
        await turn.Follower.ReadAsync(batch);
        foreach (var turnEvent in batch)
        {
            if (_isStopped || turn.IsDropped)
            {
                return true;
            }

            await SendAsync(EventFrames.Socket(turnEvent, turn.TurnId), cancellationToken);
        }

        if (turn.Follower.HasEnded && !turn.IsDropped)
        {
            turns.Remove(turn.TurnId);
            await SendAsync(SocketFrames.Ended(turn.TurnId), cancellationToken);
            return true;
        }

        return batch is not [];
    }

    private async ValueTask SendAsync(byte[] frame, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _sendingSince, time.GetTimestamp());
        await socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        Volatile.Write(ref _sendingSince, 0);
    }
}
