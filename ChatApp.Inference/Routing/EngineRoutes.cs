using ChatApp.Inference.Engines;
using ChatApp.Inference.Limits;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace ChatApp.Inference.Routing;

/// <summary>The routes and the one cluster that YARP works with, made from the engines' configuration.</summary>
internal static class EngineRoutes
{
    private const string ClusterId = "engines";

    // Everything that reaches an engine; GET /v1/models is answered by the gateway itself.
    private static readonly string[] Paths = ["/v1/chat/completions", "/v1/completions", "/v1/embeddings"];

    public static InMemoryConfigProvider Create(IOptions<EngineList> engines, IOptions<GatewayOptions> gateway) =>
        new([.. Paths.Select(Route)], [Cluster(engines.Value, gateway.Value)]);

    private static RouteConfig Route(string path) => new()
    {
        RouteId = path,
        ClusterId = ClusterId,
        RateLimiterPolicy = LimitExtensions.EnginePolicy,
        Match = new RouteMatch { Path = path, Methods = [HttpMethods.Post] },
    };

    private static ClusterConfig Cluster(EngineList engines, GatewayOptions gateway) => new()
    {
        ClusterId = ClusterId,
        LoadBalancingPolicy = LoadBalancingPolicies.LeastRequests,
        Destinations = engines.Engines.ToDictionary(
            engine => engine.Name,
            engine => new DestinationConfig { Address = engine.Address },
            StringComparer.OrdinalIgnoreCase),
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = gateway.ActivityTimeout,
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        },
        HealthCheck = new HealthCheckConfig
        {
            // An engine that fails is passed over for a while, but the last one is always tried: it may be back.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true,
                Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                ReactivationPeriod = TimeSpan.FromSeconds(10),
            },
        },
    };
}
