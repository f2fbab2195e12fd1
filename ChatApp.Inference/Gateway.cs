using ChatApp.Inference.Access;
using ChatApp.Inference.Admin;
using ChatApp.Inference.Admin.Engines;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Limits;
using ChatApp.Inference.Models;
using ChatApp.Inference.Ollama;
using ChatApp.Inference.Routing;
using ChatApp.Inference.Storage;
using ChatApp.Inference.Telemetry;
using ChatApp.Inference.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatApp.Inference;

/// <summary>What the gateway is made of, and in which order a request meets it.</summary>
internal static class Gateway
{
    /// <summary>Adds the gateway's services; its settings are in the sections <c>Gateway</c> and <c>Engines</c>.</summary>
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<GatewayOptions>()
            .BindConfiguration(GatewayOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.AddLimits();
        builder.AddStorage();
        builder.Services.AddEngines();
        builder.Services.AddModels();
        builder.Services.AddSingleton<EngineViews>();
        builder.AddOllama();
        builder.Services.AddRouting();
        builder.Services.AddEngineRoutes();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddExceptionHandler<GatewayExceptionHandler>();
    }

    /// <summary>Adds the gateway's middleware.</summary>
    public static void UseGateway(this WebApplication app)
    {
        app.UseExceptionHandler(static _ => { });
        app.UseStatusCodePages(static context => GatewayErrors.WriteForStatusAsync(context.HttpContext));
        app.UseRouting();
        app.UseMiddleware<GatewayKeyMiddleware>();
        app.UseRateLimiter();
    }

    /// <summary>Maps the endpoints; nothing else of an engine can be reached.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.MapModels();
        app.MapTokenize();
        app.MapEngineRoutes();
        app.MapAdmin();
    }
}
