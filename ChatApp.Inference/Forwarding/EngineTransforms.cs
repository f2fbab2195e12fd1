using ChatApp.Inference.Calls;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ChatApp.Inference.Forwarding;

/// <summary>
/// Which headers pass. What is not named here does not: neither the caller's key, cookies and addresses on the way in, nor the
/// engine's name and cross-origin permissions on the way out. The trace context is added by the client that sends.
/// </summary>
internal sealed class EngineTransforms : ITransformProvider
{
    private static readonly string[] RequestHeaders = ["Accept", "Content-Type", "Content-Length"];
    private static readonly string[] ResponseHeaders = ["Content-Type", "Content-Length", "Cache-Control", "Retry-After"];

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
        context.AddRequestTransform(SetTarget);
    }

    private static ValueTask SetTarget(RequestTransformContext context)
    {
        if (GatewayCall.Of(context.HttpContext).Attempts is [.., { Request: { } request }])
        {
            context.ProxyRequest.RequestUri = new Uri(context.DestinationPrefix.TrimEnd('/') + "/" + request.Path);
            foreach (var (name, value) in request.Headers)
            {
                context.ProxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return default;
    }
}
