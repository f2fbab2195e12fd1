using System.Net.Sockets;
using ChatApp.Bench.Gateway.Stage;

namespace ChatApp.Bench.Gateway.Load;

/// <summary>Some callers at once, each with the next question as soon as it has its answer of one token.</summary>
internal sealed class ThroughputLoad(Target target)
{
    private readonly Arrivals _arrivals = new(long.MaxValue);
    private int _answered;
    private int _failed;
    private volatile bool _isOver;

    public int Answered => Volatile.Read(ref _answered);

    public int Failed => Volatile.Read(ref _failed);

    public Arrivals Arrivals => _arrivals;

    /// <summary>Asks for so long; returns when the last answers are there.</summary>
    public async Task RunAsync(int callers, TimeSpan length, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(length + TimeSpan.FromSeconds(10));
        var all = Enumerable.Range(0, callers).Select(number => Task.Run(() => CallAsync(number, bound.Token), bound.Token)).ToList();
        await Task.Delay(length, cancellationToken);
        _isOver = true;
        await Task.WhenAll(all);
    }

    private async Task CallAsync(int number, CancellationToken cancellationToken)
    {
        var request = ChatQuestion.Bytes(target, number, "tokens=1 first=0 stamp");
        var buffer = new byte[8 * 1024];
        var reader = new AnswerReader();
        while (!_isOver)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(target.Address, cancellationToken);
                while (!_isOver && await AskAsync(socket, request, buffer, reader, cancellationToken))
                {
                }
            }
            catch (Exception exception) when (exception is SocketException or InvalidDataException)
            {
                Interlocked.Increment(ref _failed);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _failed);
                return;
            }
        }
    }

    private async ValueTask<bool> AskAsync(Socket socket, byte[] request, byte[] buffer, AnswerReader reader, CancellationToken cancellationToken)
    {
        var order = new TokenOrder(1);
        reader.Begin(order);
        var began = Arrivals.Now();
        var seen = false;
        await socket.SendAsync(request.AsMemory(), SocketFlags.None, cancellationToken);
        while (!reader.IsOver && await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancellationToken) is > 0 and var read)
        {
            var now = Arrivals.Now();
            reader.Take(buffer.AsSpan(0, read), now);
            if (!seen && order.Count > 0)
            {
                seen = true;
                _arrivals.First.Add(now - began);
            }
        }

        Interlocked.Increment(ref (order.IsWhole ? ref _answered : ref _failed));
        return reader.IsOver && !reader.Closes;
    }
}
