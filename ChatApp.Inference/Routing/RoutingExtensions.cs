using ChatApp.Inference.Engines;
using ChatApp.Inference.Forwarding;
using ChatApp.Inference.Telemetry;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Routing;

/// <summary>The endpoints that are passed on to an engine.</summary>
internal static class RoutingExtensions
{
    public static void AddEngineRoutes(this IServiceCollection services)
    {
        services.AddSingleton<IProxyConfigProvider>(provider => EngineRoutes.Create(
            provider.GetRequiredService<IOptions<EngineList>>(),
            provider.GetRequiredService<IOptions<GatewayOptions>>()));
        services.AddSingleton<EngineModels>();
        services.AddReverseProxy()
            .AddTransforms<EngineTransforms>();
        services.AddSingleton<IForwarderHttpClientFactory, EngineHttpClientFactory>();
    }

    public static void MapEngineRoutes(this WebApplication app) => app.MapReverseProxy(static pipeline =>
    {
        pipeline.UseMiddleware<CallObserver>();
        pipeline.UseMiddleware<ForwarderErrors>();
        pipeline.UseMiddleware<ModelRouting>();
        pipeline.UseLoadBalancing();
        pipeline.UsePassiveHealthChecks();
    });
}
