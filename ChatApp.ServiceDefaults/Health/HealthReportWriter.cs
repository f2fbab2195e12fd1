using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatApp.ServiceDefaults.Health;

/// <summary>Writes a report as small JSON. An exception's text stays in the log: it may name hosts, users or worse.</summary>
internal static class HealthReportWriter
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var body = new HealthBody(
            report.Status.ToString(),
            report.Entries.ToDictionary(
                static entry => entry.Key,
                static entry => new HealthCheckBody(
                    entry.Value.Status.ToString(),
                    entry.Value.Exception is null ? entry.Value.Description : "The check failed; the log says why."),
                StringComparer.Ordinal));
        return context.Response.WriteAsJsonAsync(body, HealthJson.Default.HealthBody, contentType: null, context.RequestAborted);
    }
}

internal sealed record HealthBody(string Status, Dictionary<string, HealthCheckBody> Checks);

internal sealed record HealthCheckBody(string Status, string? Description);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthBody))]
internal sealed partial class HealthJson : JsonSerializerContext;
