using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Forwarding;
using ChatApp.Inference.Models;
using ChatApp.Inference.Telemetry;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Routing;

/// <summary>The endpoints that are passed on to an engine.</summary>
internal static class RoutingExtensions
{
    public static void AddEngineRoutes(this IServiceCollection services)
    {
        services.AddSingleton<ModelDirectory>();
        services.AddDialects();
        services.AddSingleton<IProxyConfigProvider, EngineRoutes>();
        services.AddReverseProxy()
            .AddTransforms<EngineTransforms>();
        services.AddSingleton<AnswerTransform>();
        services.AddSingleton<IForwarderHttpClientFactory, EngineHttpClientFactory>();
    }

    /// <summary>The stages of a call, in the order in which it meets them.</summary>
    public static void MapEngineRoutes(this WebApplication app) => app.MapReverseProxy(static pipeline =>
    {
        pipeline.UseMiddleware<CallObserver>();
        pipeline.UseMiddleware<CallReading>();
        pipeline.UseMiddleware<AttemptLoop>();
        // What follows is run once for each target that is tried.
        pipeline.UseLoadBalancing();
        pipeline.UseMiddleware<TargetChosen>();
        pipeline.UseMiddleware<Dispatch>();
    });
}
