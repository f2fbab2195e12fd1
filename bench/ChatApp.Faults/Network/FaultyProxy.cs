using System.Net;
using System.Net.Sockets;

namespace ChatApp.Faults.Network;

/// <summary>A TCP proxy that can be slow, take everything in and pass nothing on, cut into slices, or reset.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _sockets = [];
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _hole;

    /// <summary>Stands before a port of this machine.</summary>
    public FaultyProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How long each piece is kept before it is passed on.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The most bytes that are passed on in one piece.</summary>
    public int SliceBytes { get; set; } = 64 * 1024;

    /// <summary>The most bytes a second and direction of one connection.</summary>
    public double BytesPerSecond { get; set; } = double.PositiveInfinity;

    /// <summary>Whether new connections are refused (accepted and reset, as a dying server does).</summary>
    public bool Refuses { get; set; }

    /// <summary>As a cable that was pulled: nothing passes, nobody is told. What was sent meanwhile passes when it is put back.</summary>
    public void PullCable() => _hole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Puts the cable back.</summary>
    public void PutBackCable() => Interlocked.Exchange(ref _hole, null)?.TrySetResult();

    /// <summary>Resets every connection; what was on its way is lost.</summary>
    public void ResetAll()
    {
        Socket[] sockets;
        lock (_gate)
        {
            sockets = [.. _sockets];
            _sockets.Clear();
        }

        foreach (var socket in sockets)
        {
            Reset(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        ResetAll();
        PutBackCable();
        await _accepting;
        _ending.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_ending.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy has ended.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        if (Refuses)
        {
            Reset(client);
            return;
        }

        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        lock (_gate)
        {
            _sockets.Add(client);
            _sockets.Add(server);
        }

        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _ending.Token);
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone, so the other goes too.
        }
        finally
        {
            lock (_gate)
            {
                _sockets.Remove(client);
                _sockets.Remove(server);
            }

            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, _ending.Token) is > 0 and var read)
            {
                for (var start = 0; start < read;)
                {
                    var size = Math.Min(SliceBytes, read - start);
                    await (_hole?.Task ?? Task.CompletedTask).WaitAsync(_ending.Token);
                    var delay = Latency + (double.IsInfinity(BytesPerSecond) ? TimeSpan.Zero : TimeSpan.FromSeconds(size / BytesPerSecond));
                    if (delay > TimeSpan.Zero)
                    {
                        await Task.Delay(delay, _ending.Token);
                    }

                    await to.SendAsync(buffer.AsMemory(start, size), SocketFlags.None, _ending.Token);
                    start += size;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone, so the other goes too.
        }
    }
}
