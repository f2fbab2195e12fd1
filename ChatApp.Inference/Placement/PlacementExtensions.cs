using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.LoadBalancing;

namespace ChatApp.Inference.Placement;

/// <summary>What decides which engine is asked, and what knows how much each has to do.</summary>
internal static class PlacementExtensions
{
    public static void AddPlacement(this IServiceCollection services)
    {
        services.AddSingleton<EngineLoads>();
        services.AddSingleton<KeptPlacements>();
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<ILoadBalancingPolicy, PrefixPolicy>();
        services.AddHttpClient(SlotLearning.ClientName).AddStreamingDefaults(static bounds =>
        {
            bounds.ConnectTimeout = TimeSpan.FromSeconds(2);
            bounds.FirstByteTimeout = TimeSpan.FromSeconds(3);
            bounds.IdleTimeout = TimeSpan.FromSeconds(3);
        });
        services.AddHostedService<SlotLearning>();
    }
}
