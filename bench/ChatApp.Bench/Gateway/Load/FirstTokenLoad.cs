using System.Diagnostics;
using System.Net.Sockets;
using ChatApp.Bench.Gateway.Stage;

namespace ChatApp.Bench.Gateway.Load;

/// <summary>One caller that asks one question after the other over one connection, and waits as directly as it can: its own share is in every figure.</summary>
internal sealed class FirstTokenLoad : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Target _target;
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly AnswerReader _reader = new();
    private Socket? _socket;

    public FirstTokenLoad(Target target)
    {
        _target = target;
        _request = ChatQuestion.Bytes(target, 0, "tokens=1 first=0 stamp");
    }

    /// <summary>Asks.</summary>
    /// <returns>Milliseconds to the first token of each.</returns>
    /// <exception cref="InvalidOperationException">An answer was not whole.</exception>
    public double[] Ask(int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = Ask();
        }

        return times;
    }

    public void Dispose() => _socket?.Dispose();

    private double Ask()
    {
        var socket = _socket ??= Connect();
        var order = new TokenOrder(1);
        _reader.Begin(order);
        var began = Stopwatch.GetTimestamp();
        var first = TimeSpan.Zero;
        socket.Send(_request);
        while (!_reader.IsOver && socket.Receive(_buffer) is > 0 and var read)
        {
            _reader.Take(_buffer.AsSpan(0, read), 0);
            if (first == TimeSpan.Zero && order.Count > 0)
            {
                first = Stopwatch.GetElapsedTime(began);
            }
        }

        if (!order.IsWhole)
        {
            throw new InvalidOperationException($"{_target.Name} answered {_reader.Status}, and not with the one token.");
        }

        if (_reader.Closes || !_reader.IsOver)
        {
            _socket = null;
            socket.Dispose();
        }

        return first.TotalMilliseconds;
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        socket.Connect(_target.Address);
        return socket;
    }
}
