using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>The variables that send a resource's telemetry to the dashboard.</summary>
internal static class OtlpVariables
{
    public const string GrpcEndpointKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string HttpEndpointKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    public const string ApiKeyKey = "AppHost:OtlpApiKey";

    /// <summary>How often telemetry is sent in development, in milliseconds: soon enough to look at.</summary>
    private const string DevelopmentDelay = "1000";

    public static void Write(EnvironmentCallbackContext context, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol? required)
    {
        if (context.ExecutionContext.IsPublishMode || Endpoint(configuration, required) is not { } endpoint)
        {
            return;
        }

        var variables = context.EnvironmentVariables;
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.Url;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = endpoint.Protocol;
        variables["OTEL_SERVICE_NAME"] = context.Resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid():N}";
        if (configuration[ApiKeyKey] is { } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        if (environment.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = DevelopmentDelay;
            variables["OTEL_BSP_SCHEDULE_DELAY"] = DevelopmentDelay;
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = DevelopmentDelay;
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }

    private static (string Url, string Protocol)? Endpoint(IConfiguration configuration, OtlpProtocol? required)
    {
        var (grpc, http) = (configuration[GrpcEndpointKey], configuration[HttpEndpointKey]);
        return required switch
        {
            OtlpProtocol.HttpProtobuf when http is not null => (http, "http/protobuf"),
            OtlpProtocol.HttpJson when http is not null => (http, "http/json"),
            _ when grpc is not null => (grpc, "grpc"),
            _ when http is not null => (http, "http/protobuf"),
            _ => null,
        };
    }
}
