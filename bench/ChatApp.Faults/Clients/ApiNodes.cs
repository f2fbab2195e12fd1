using System.Net.Sockets;

namespace ChatApp.Faults.Clients;

/// <summary>The addresses of the Api's nodes, taken in turns as a load balancer would, and the connections to them.</summary>
public sealed class ApiNodes : IDisposable
{
    private readonly Uri[] _nodes;
    private uint _next;

    public ApiNodes(IEnumerable<Uri> nodes)
    {
        _nodes = [.. nodes];
        Http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan };
        SlowHttp = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectSlowlyAsync }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Http { get; }

    /// <summary>With so small a window that the server feels how slowly somebody reads.</summary>
    public HttpClient SlowHttp { get; }

    public Uri Next() => _nodes[Interlocked.Increment(ref _next) % (uint)_nodes.Length];

    public void Dispose()
    {
        Http.Dispose();
        SlowHttp.Dispose();
    }

    private static async ValueTask<Stream> ConnectSlowlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 2048 };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
