using ChatApp.Api.Background;
using ChatApp.Api.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Moderation.Log;

/// <summary>Decisions are kept for a time, and with them the texts that an approval would give back.</summary>
internal sealed class LogPruning(
    NpgsqlDataSource database, IOptions<ModerationOptions> options, DatabaseReadiness readiness, TimeProvider time, ILogger<LogPruning> logger)
    : DurableWork(readiness, time, logger)
{
    private const int Batch = 1000;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override Task<int> PassAsync(CancellationToken stoppingToken) => database.ExecuteAsync(
        """
        DELETE FROM moderation_log WHERE id IN (
            SELECT id FROM moderation_log WHERE at < now() - @Retention ORDER BY at LIMIT @Batch FOR UPDATE SKIP LOCKED)
        """,
        new { options.Value.Retention, Batch },
        stoppingToken);
}
