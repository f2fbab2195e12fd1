using ChatApp.ServiceDefaults.Errors;
using ChatApp.ServiceDefaults.Health;
using ChatApp.ServiceDefaults.Http;
using ChatApp.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every ChatApp service shares: telemetry, health, service addresses, resilience, and errors with a trace id.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds telemetry (exported when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), the check <c>self</c>, service discovery and the
    /// standard resilience for every <see cref="HttpClient"/>, and problem details that carry the trace id. Clients that stream a
    /// model's answer must opt out of the resilience with <c>AddStreamingDefaults</c>.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.AddDefaultHealthChecks();
        builder.AddHttpClientDefaults();
        builder.AddErrorDefaults();
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (every check: can this service do its work?) and <c>/alive</c> (checks tagged <c>live</c>: does the process
    /// answer?), in every environment, without sign-in or rate limit. 200 when healthy or degraded, else 503.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <returns>The same service.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthEndpoints();
        return app;
    }
}
