using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Registers the health check of a resource that only a container runtime can run; without one it never passes.</summary>
internal static class ContainerHealthCheck
{
    public static string Register(IDistributedApplicationBuilder builder, string key)
    {
        builder.Services.AddHealthChecks().AddCheck(key, () => HealthCheckResult.Unhealthy("Containers are not run by the stand-in for Aspire.Hosting."));
        return key;
    }
}
