using ChatApp.Inference.Limits;
using ChatApp.Inference.Models;
using ChatApp.Inference.Placement;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Routing;

/// <summary>The routes and the one cluster that YARP works with, made from the engines of the moment.</summary>
internal sealed class EngineRoutes : IProxyConfigProvider, IDisposable
{
    private const string ClusterId = "engines";

    // Everything that reaches an engine; GET /v1/models is answered by the gateway itself.
    private static readonly string[] Paths = ["/v1/chat/completions", "/v1/completions", "/v1/embeddings"];

    private readonly ModelDirectory _models;
    private readonly InMemoryConfigProvider _config;
    private readonly GatewayOptions _options;

    public EngineRoutes(ModelDirectory models, IOptions<GatewayOptions> options)
    {
        _models = models;
        _options = options.Value;
        _config = new InMemoryConfigProvider(Routes, [Cluster(models.Current)]);
        models.Changed += Update;
    }

    private static IReadOnlyList<RouteConfig> Routes => [.. Paths.Select(Route)];

    public IProxyConfig GetConfig() => _config.GetConfig();

    public void Dispose() => _models.Changed -= Update;

    private void Update(object? sender, EventArgs change) => _config.Update(Routes, [Cluster(_models.Current)]);

    private static RouteConfig Route(string path) => new()
    {
        RouteId = path,
        ClusterId = ClusterId,
        RateLimiterPolicy = LimitExtensions.EnginePolicy,
        Match = new RouteMatch { Path = path, Methods = [HttpMethods.Post] },
    };

    private ClusterConfig Cluster(ModelSnapshot snapshot) => new()
    {
        ClusterId = ClusterId,
        LoadBalancingPolicy = PlacementWords.PolicyOf(_options.Placement),
        Destinations = snapshot.Engines.ToDictionary(
            engine => engine.Name,
            engine => new DestinationConfig { Address = engine.Address },
            StringComparer.OrdinalIgnoreCase),
        HttpRequest = new ForwarderRequestConfig
        {
            // The gateway's own clocks come first: they tell the caller why.
            ActivityTimeout = _options.ActivityTimeout + TimeSpan.FromSeconds(30),
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        },
    };
}
