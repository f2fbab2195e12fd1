using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly ValueSnapshot<IReadOnlyList<AllocatedEndpoint>> _replicas = new();
    private int? _port;
    private int? _targetPort;
    private bool? _tlsEnabled;
    private string? _transport;

    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, isProxied)
    {
    }

    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? (protocol == ProtocolType.Udp ? "udp" : "tcp");
        Name = name ?? UriScheme;
        ModelName.Validate("Endpoint", Name);
        _transport = transport;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public NetworkIdentifier DefaultNetworkID { get; }

    /// <summary>The port that clients use. Without a proxy it is also the port that the resource listens on.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>The port that the resource itself listens on.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    public string UriScheme { get; set; }

    public string TargetHost { get; set; } = "localhost";

    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol == ProtocolType.Udp ? "udp" : "tcp");
        set => _transport = value;
    }

    public bool IsExternal { get; set; }

    public bool IsProxied
    {
        get => IsExplicitlyProxied ?? true;
        set => IsExplicitlyProxied = value;
    }

    public bool? IsExplicitlyProxied { get; set; }

    public bool ExcludeReferenceEndpoint { get; set; }

    public bool TlsEnabled
    {
        get => _tlsEnabled ?? UriScheme is "https";
        set => _tlsEnabled = value;
    }

    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => ReplicaEndpoints is [var first, ..] ? first : null;
        set => _replicas.SetValue(value is null ? [] : [value]);
    }

    /// <summary>Whether the endpoint comes from the project's launch profile and not from the AppHost's code.</summary>
    internal bool FromLaunchProfile { get; set; }

    /// <summary>The variable that tells the resource which port to listen on.</summary>
    internal string? TargetPortVariable { get; set; }

    /// <summary>One address for each replica; empty before they are allocated.</summary>
    internal IReadOnlyList<AllocatedEndpoint> ReplicaEndpoints => _replicas.IsValueSet ? _replicas.Value : [];

    internal void Allocate(IReadOnlyList<AllocatedEndpoint> replicas) => _replicas.SetValue(replicas);

    internal async Task<AllocatedEndpoint> AllocatedForAsync(int replica, CancellationToken cancellationToken)
    {
        var replicas = await _replicas.GetValueAsync(cancellationToken);
        return replicas[Math.Min(replica, replicas.Count - 1)];
    }
}
