using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Forwarding;

/// <summary>The connections to engines: opened within a bound, kept for reuse, never compressed or redirected.</summary>
internal sealed class EngineHttpClientFactory(IOptions<GatewayOptions> options) : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.Value.ConnectTimeout;
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
        // What is left of an answer that nobody wants is not read: the engine is to stop at once.
        handler.ResponseDrainTimeout = TimeSpan.Zero;
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new AttemptClockHandler(base.WrapHandler(context, handler));
}
