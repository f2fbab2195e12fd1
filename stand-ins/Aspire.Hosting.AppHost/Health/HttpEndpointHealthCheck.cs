using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Healthy when every replica answers a GET with the expected status.</summary>
internal sealed class HttpEndpointHealthCheck(EndpointReference endpoint, string path, int expectedStatus, IHttpClientFactory clients) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var replicas = endpoint.EndpointAnnotation.ReplicaEndpoints;
        if (replicas.Count == 0)
        {
            return HealthCheckResult.Unhealthy($"The endpoint '{endpoint.EndpointName}' has no address yet.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var client = clients.CreateClient("Aspire.Hosting.Health");
        foreach (var replica in replicas)
        {
            var uri = new Uri(new Uri(replica.UriString), path);
            try
            {
                using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if ((int)response.StatusCode != expectedStatus)
                {
                    return HealthCheckResult.Unhealthy(string.Create(
                        CultureInfo.InvariantCulture, $"GET {uri} answered {(int)response.StatusCode}, not {expectedStatus}."));
                }
            }
            catch (HttpRequestException e)
            {
                return HealthCheckResult.Unhealthy($"GET {uri} failed: {e.Message}");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy($"GET {uri} did not answer within {Timeout.TotalSeconds:0} s.");
            }
        }

        return HealthCheckResult.Healthy();
    }
}
