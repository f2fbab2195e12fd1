using Yarp.ReverseProxy.Configuration;

// YARP with one route to one address and nothing else: what the gateway's own stages are compared with.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var destination = builder.Configuration["Destination"] ?? throw new InvalidOperationException("Give the address to forward to: --Destination http://127.0.0.1:8080");
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "one", Match = new RouteMatch { Path = "{**path}" } }],
    [new ClusterConfig { ClusterId = "one", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = destination } } }]);

var app = builder.Build();
app.MapReverseProxy();
await app.RunAsync();
