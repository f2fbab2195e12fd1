using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
using Yarp.ReverseProxy.Configuration;

namespace ChatApp.Tests.StandIns;

public sealed class ServiceDiscoveryYarpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddServiceDiscoveryDestinationResolver_LogicalDestination_ReachesEveryInstance()
    {
        await using var one = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("one " + context.Request.Path, context.RequestAborted));
        await using var two = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("two " + context.Request.Path, context.RequestAborted));
        await using var app = await StartAsync(one, two, static services => services.AddReverseProxy()
            .LoadFromMemory(
                [new RouteConfig { RouteId = "all", ClusterId = "api", Match = new RouteMatch { Path = "{**rest}" } }],
                [new ClusterConfig
                {
                    ClusterId = "api",
                    LoadBalancingPolicy = "RoundRobin",
                    Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["api"] = new() { Address = "https+http://api" } },
                }])
            .AddServiceDiscoveryDestinationResolver(), static app => app.MapReverseProxy());
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var answers = new[] { await client.GetStringAsync("/x", Cancellation), await client.GetStringAsync("/x", Cancellation) };

        Assert.Equal(["one /x", "two /x"], answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AddHttpForwarderWithServiceDiscovery_LogicalPrefix_ReachesTheService()
    {
        await using var one = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("one " + context.Request.Path, context.RequestAborted));
        await using var app = await StartAsync(
            one,
            one,
            static services => services.AddHttpForwarderWithServiceDiscovery(),
            static app => app.MapForwarder("/api/{**rest}", "https+http://api"));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("one /api/me", await client.GetStringAsync("/api/me", Cancellation));
    }

    private static async Task<WebApplication> StartAsync(LoopbackServer one, LoopbackServer two, Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([
            new("Services:api:http:0", one.Address.GetLeftPart(UriPartial.Authority)),
            new("Services:api:http:1", two.Address.GetLeftPart(UriPartial.Authority))]);
        builder.Services.AddServiceDiscovery();
        add(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}
