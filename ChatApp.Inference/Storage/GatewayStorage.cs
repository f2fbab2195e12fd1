using ChatApp.ServiceDefaults.Database;
using Npgsql;

namespace ChatApp.Inference.Storage;

/// <summary>
/// The gateway's Postgres, which may be missing or away: calls are answered without it. Its connections look into the gateway's own
/// schema, so that SQL names tables without one.
/// </summary>
internal sealed class GatewayStorage(NpgsqlDataSource? database, DatabaseReadiness? readiness)
{
    /// <summary>Whether there is one at all.</summary>
    public bool IsConfigured => database is not null;

    /// <summary>Whether it was reached and holds this build's tables. It may be away again.</summary>
    public bool IsReady => readiness is { IsReady: true };

    /// <summary>The connections.</summary>
    /// <exception cref="InvalidOperationException">None is configured.</exception>
    public NpgsqlDataSource Database => database ?? throw new InvalidOperationException("Ask IsConfigured first.");

    /// <summary>Waits until it is ready, for background work.</summary>
    /// <exception cref="InvalidOperationException">None is configured.</exception>
    public Task WaitAsync(CancellationToken cancellationToken) =>
        readiness?.WaitAsync(cancellationToken) ?? throw new InvalidOperationException("Ask IsConfigured first.");
}
