using ChatApp.Api.Background;
using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Memory.Remembering;

/// <summary>Removals are noted for indexes that follow; one that has been away for a day reads the whole scope again.</summary>
internal sealed class RemovalPruning(NpgsqlDataSource database, DatabaseReadiness readiness, TimeProvider time, ILogger<RemovalPruning> logger)
    : DurableWork(readiness, time, logger)
{
    private const int Batch = 5000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override Task<int> PassAsync(CancellationToken stoppingToken)
    {
        const string sql = """
            DELETE FROM memory_removals WHERE id IN (
                SELECT id FROM memory_removals WHERE removed_at < now() - @Kept ORDER BY removed_at LIMIT @Batch FOR UPDATE SKIP LOCKED)
            """;
        return database.ExecuteAsync(sql, new { Kept, Batch }, stoppingToken);
    }
}
