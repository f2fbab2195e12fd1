using ChatApp.Api.Memory.Index.Qdrant.Wire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Whether Qdrant answers. Without it characters remember nothing for a while, which is no reason to take a service away.</summary>
internal sealed class QdrantHealth(QdrantConnection connection) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // With the key, unlike its own health paths, so that a wrong key shows.
            await connection.SendAsync(HttpMethod.Get, "collections/chatapp-memory/exists", null, QdrantJson.Default.QdrantAnswerExistence, Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (QdrantException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message);
        }
    }
}
