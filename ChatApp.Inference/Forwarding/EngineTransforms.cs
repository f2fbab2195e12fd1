using System.Net.Http.Headers;
using ChatApp.Inference.Engines;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ChatApp.Inference.Forwarding;

/// <summary>
/// Which headers pass. What is not named here does not: neither the caller's key, cookies and addresses on the way in, nor the
/// engine's name and cross-origin permissions on the way out. The trace context is added by the client that sends.
/// </summary>
internal sealed class EngineTransforms(IOptions<EngineList> engines) : ITransformProvider
{
    private static readonly string[] RequestHeaders = ["Accept", "Content-Type", "Content-Length"];
    private static readonly string[] ResponseHeaders = ["Content-Type", "Content-Length", "Cache-Control", "Retry-After"];

    private readonly Dictionary<string, AuthenticationHeaderValue> _keys = engines.Value.Engines
        .Where(engine => !string.IsNullOrEmpty(engine.Key))
        .ToDictionary(engine => engine.Name, engine => new AuthenticationHeaderValue("Bearer", engine.Key), StringComparer.OrdinalIgnoreCase);

    public void ValidateRoute(TransformRouteValidationContext context)
    {
        // The routes are ours, not a person's configuration.
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
        // The cluster is ours, not a person's configuration.
    }

    public void Apply(TransformBuilderContext context)
    {
        context.UseDefaultForwarders = false;
        context.AddRequestHeadersAllowed(RequestHeaders);
        context.AddResponseHeadersAllowed(ResponseHeaders);
        context.AddRequestTransform(SetEngineKey);
    }

    private ValueTask SetEngineKey(RequestTransformContext context)
    {
        if (context.HttpContext.GetReverseProxyFeature().ProxiedDestination is { } engine)
        {
            context.ProxyRequest.Headers.Authorization = _keys.GetValueOrDefault(engine.DestinationId);
        }

        return default;
    }
}
