using ChatApp.Api.Background;
using ChatApp.Api.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Audit.Retention;

/// <summary>Has entries removed that are older than <c>Audit:Retention</c>, and says in the service's log how far the audit log is.</summary>
internal sealed class AuditRetention(
    AuditPruning pruning,
    AuditWitness witness,
    NpgsqlDataSource database,
    IOptions<AuditOptions> options,
    DatabaseReadiness readiness,
    TimeProvider time,
    ILogger<AuditRetention> logger)
    : DurableWork(readiness, time, logger)
{
    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        var removed = options.Value.Retention == TimeSpan.Zero ? 0 : await pruning.PruneAsync(_time.GetUtcNow() - options.Value.Retention, stoppingToken);
        if (removed == 0 && await database.FirstOrDefaultAsync<AuditHead>($"SELECT {AuditHead.Columns} FROM audit_head", null, stoppingToken) is { } head)
        {
            witness.Tell(head);
        }

        return removed;
    }
}
