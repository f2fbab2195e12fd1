using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Gives every endpoint of a process its port. There is no proxy: the port that clients use is the one that the process
/// listens on, and each replica has its own.
/// </summary>
internal sealed class EndpointAllocator(bool randomizePorts, Action<string, string> onMoved) : IDisposable
{
    // Below the range that systems take for outgoing connections, so that none of those gets in the way before the process listens.
    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;
    private const int Attempts = 500;

    /// <summary>What the applications of this process hold; two of them may start at the same time in tests.</summary>
    private static readonly HashSet<int> Taken = [];
    private static readonly Lock Gate = new();

    private readonly List<int> _mine = [];

    public void Allocate(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().ToArray())
        {
            var replicas = Enumerable.Range(0, Math.Max(1, resource.GetReplicaCount()))
                .Select(replica => new AllocatedEndpoint(endpoint, HostOf(endpoint), PortFor(resource, endpoint, replica))).ToArray();
            endpoint.Allocate(replicas);
        }
    }

    /// <summary>A port that nobody listens on and that nobody else is given.</summary>
    public int FreePort()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(FirstPort, LastPort);
            if (TryTake(port))
            {
                return port;
            }
        }

        throw new DistributedApplicationException($"No free port was found between {FirstPort} and {LastPort}.");
    }

    /// <summary>The wanted port, or a free one when that is in use.</summary>
    public int PreferredPort(int? wanted) => wanted is > 0 and { } port && !randomizePorts && TryTake(port) ? port : FreePort();

    public void Dispose()
    {
        lock (Gate)
        {
            Taken.ExceptWith(_mine);
        }
    }

    private static string HostOf(EndpointAnnotation endpoint) => endpoint.TargetHost is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : endpoint.TargetHost;

    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException e)
        {
            // A machine without that address cannot have anybody listen on it.
            return e.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }

    private int PortFor(IResource resource, EndpointAnnotation endpoint, int replica)
    {
        var wanted = endpoint.TargetPort ?? endpoint.Port;
        if (wanted is null or 0 || replica > 0)
        {
            return FreePort();
        }

        // What the program listens on by its own will cannot be moved.
        if (endpoint.TargetPort is > 0)
        {
            return TryTake(wanted.Value) ? wanted.Value : throw new DistributedApplicationException(string.Create(
                CultureInfo.InvariantCulture, $"Resource '{resource.Name}' listens on port {wanted} (endpoint '{endpoint.Name}'), which is in use."));
        }

        if (randomizePorts)
        {
            return FreePort();
        }

        if (TryTake(wanted.Value))
        {
            return wanted.Value;
        }

        var port = FreePort();
        onMoved(resource.Name, string.Create(CultureInfo.InvariantCulture, $"port {wanted} is in use; endpoint '{endpoint.Name}' gets {port}"));
        return port;
    }

    private bool TryTake(int port)
    {
        lock (Gate)
        {
            if (!IsFree(port) || !Taken.Add(port))
            {
                return false;
            }

            _mine.Add(port);
            return true;
        }
    }
}
