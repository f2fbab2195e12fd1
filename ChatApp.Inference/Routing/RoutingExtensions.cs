using ChatApp.Inference.Admission;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Forwarding;
using ChatApp.Inference.Placement;
using ChatApp.Inference.Routing.Auto;
using ChatApp.Inference.Telemetry;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Routing;

/// <summary>The endpoints that are passed on to an engine.</summary>
internal static class RoutingExtensions
{
    public static void AddEngineRoutes(this IServiceCollection services)
    {
        services.AddDialects();
        services.AddSingleton<LargeConversations>();
        services.AddSingleton<IProxyConfigProvider, EngineRoutes>();
        services.AddPlacement();
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
        pipeline.UseMiddleware<AutoRouting>();
        pipeline.UseMiddleware<AttemptLoop>();
        // What follows is run once for each target that is tried.
        pipeline.UseMiddleware<PlacementStage>();
        pipeline.UseLoadBalancing();
        pipeline.UseMiddleware<TargetChosen>();
        pipeline.UseMiddleware<AdmissionGate>();
        pipeline.UseMiddleware<Dispatch>();
    });
}
