using ChatApp.ServiceDefaults.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatApp.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs for any OpenTelemetry collector, Aspire's dashboard among them.</summary>
internal static class TelemetryExtensions
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceNameKey = "OTEL_SERVICE_NAME";

    // Ours by convention: a source or meter named ChatApp.<Feature> needs no registration here.
    private static readonly string[] Sources = ["ChatApp.*", "Npgsql", "Yarp.ReverseProxy", "Experimental.Microsoft.Extensions.AI"];
    private static readonly string[] Meters = ["ChatApp.*", "Npgsql", "Yarp.ReverseProxy", "Experimental.Microsoft.Extensions.AI"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // Without a collector nothing listens, and spans that nobody reads cost every request.
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(static logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry();
        if (string.IsNullOrWhiteSpace(builder.Configuration[ServiceNameKey]))
        {
            telemetry.ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName));
        }

        telemetry
            .WithMetrics(static metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(Meters))
            .WithTracing(static tracing => tracing
                .AddAspNetCoreInstrumentation(static options => options.Filter = static context => !HealthEndpoints.IsHealthRequest(context))
                .AddHttpClientInstrumentation()
                .AddSource(Sources));

        telemetry.UseOtlpExporter();
        builder.Services.AddHostedService<TelemetryShutdown>();
    }
}
