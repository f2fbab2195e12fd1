using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatApp.AppHost.Local;

/// <summary>Health of a server that is a plain process: does something answer at its connection string?</summary>
internal static class ConnectionCheckExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Who waits for this connection string waits until <paramref name="answersAsync"/> returns; what it throws is shown as the reason.</summary>
    public static IResourceBuilder<ConnectionStringResource> WithConnectionCheck(
        this IResourceBuilder<ConnectionStringResource> connection, Func<string, CancellationToken, Task> answersAsync)
    {
        var key = $"{connection.Resource.Name}_check";
        connection.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            try
            {
                var text = await connection.Resource.ConnectionStringExpression.GetValueAsync(cancellationToken)
                    ?? throw new InvalidOperationException("The connection string is not known yet.");
                await answersAsync(text, cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception reason) when (reason is not OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy(reason.Message);
            }
        }, timeout: Patience);
        return connection.WithHealthCheck(key);
    }
}
