using ChatApp.Inference.Calls;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ChatApp.Inference.Forwarding;

/// <summary>
/// Which headers pass. What is not named here does not: neither the caller's key, cookies and addresses on the way in, nor the
/// engine's name and cross-origin permissions on the way out. The trace context is added by the client that sends.
/// </summary>
internal sealed class EngineTransforms(AnswerTransform answers) : ITransformProvider
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
        context.ResponseTransforms.Add(answers);
    }

    private static ValueTask SetTarget(RequestTransformContext context)
    {
        if (GatewayCall.Of(context.HttpContext).Attempts is [.., { Request: { } request, Clock: { } clock } attempt])
        {
            // The address that the call's own state has: the proxy's may be a change older or younger.
            context.ProxyRequest.RequestUri = new Uri(attempt.Target.Engine.Address.TrimEnd('/') + "/" + request.Path);
            context.ProxyRequest.Options.Set(AttemptClockHandler.Clock, clock);
            foreach (var (name, value) in request.Headers)
            {
                context.ProxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return default;
    }
}
