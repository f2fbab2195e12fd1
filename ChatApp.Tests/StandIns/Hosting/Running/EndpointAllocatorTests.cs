using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting.Running;

public sealed class EndpointAllocatorTests : IDisposable
{
    private readonly List<string> _moved = [];
    private readonly TcpListener _occupied = new(IPAddress.Loopback, 0);

    public EndpointAllocatorTests() => _occupied.Start();

    private int OccupiedPort => ((IPEndPoint)_occupied.LocalEndpoint).Port;

    public void Dispose() => _occupied.Dispose();

    [Fact]
    public void Allocate_FreePort_IsUsed()
    {
        using var allocator = Allocator(randomize: false);
        var wanted = FreePort();
        var resource = Model.Builder().Consumer().WithHttpEndpoint(port: wanted);

        allocator.Allocate(resource.Resource);

        Assert.Equal($"http://localhost:{wanted}", resource.GetEndpoint("http").Url);
        Assert.Empty(_moved);
    }

    [Fact]
    public void Allocate_PortInUse_GetsAnotherAndSaysSo()
    {
        using var allocator = Allocator(randomize: false);
        var resource = Model.Builder().Consumer().WithHttpEndpoint(port: OccupiedPort);

        allocator.Allocate(resource.Resource);

        Assert.NotEqual(OccupiedPort, resource.GetEndpoint("http").Port);
        Assert.Contains(OccupiedPort.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(_moved), StringComparison.Ordinal);
    }

    [Fact]
    public void Allocate_RandomizedPorts_IgnoresTheWantedPort()
    {
        using var allocator = Allocator(randomize: true);
        var wanted = FreePort();
        var resource = Model.Builder().Consumer().WithHttpEndpoint(port: wanted);

        allocator.Allocate(resource.Resource);

        Assert.NotEqual(wanted, resource.GetEndpoint("http").Port);
    }

    [Fact]
    public void Allocate_FixedTargetPortInUse_Throws()
    {
        using var allocator = Allocator(randomize: true);
        var resource = Model.Builder().Consumer().WithHttpEndpoint(targetPort: OccupiedPort).Resource;

        Assert.Throws<DistributedApplicationException>(() => allocator.Allocate(resource));
    }

    [Fact]
    public void Allocate_Replicas_HaveAPortEach()
    {
        using var allocator = Allocator(randomize: false);
        var service = Model.Builder().Service("api").WithHttpEndpoint().WithReplicas(3);

        allocator.Allocate(service.Resource);

        var ports = Assert.Single(service.Resource.Annotations.OfType<EndpointAnnotation>()).ReplicaEndpoints.Select(endpoint => endpoint.Port);
        Assert.Equal(3, ports.Distinct().Count());
    }

    private static int FreePort()
    {
        using var allocator = new EndpointAllocator(randomizePorts: true, (_, _) => { });
        return allocator.FreePort();
    }

    private EndpointAllocator Allocator(bool randomize) => new(randomize, (_, text) => _moved.Add(text));
}
