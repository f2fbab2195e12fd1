using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ChatApp.ServiceDefaults.Health;

/// <summary>The health of a service, over HTTP.</summary>
internal static class HealthEndpoints
{
    private const string HealthPath = "/health";
    private const string AlivePath = "/alive";
    private const string LiveTag = "live";

    public static void AddDefaultHealthChecks(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [LiveTag]);

    public static void MapHealthEndpoints(this WebApplication app)
    {
        Map(app, HealthPath, static _ => true);
        Map(app, AlivePath, static check => check.Tags.Contains(LiveTag));
    }

    /// <summary>Whether the request asks for health, and so is not worth a trace.</summary>
    public static bool IsHealthRequest(HttpContext context) =>
        context.Request.Path.Value is HealthPath or AlivePath;

    private static void Map(WebApplication app, string path, Func<HealthCheckRegistration, bool> predicate) =>
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate, ResponseWriter = HealthReportWriter.WriteAsync })
            .AllowAnonymous()
            .DisableRateLimiting();
}
