using ChatApp.Api.Background;
using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Accounts.Sessions;

/// <summary>Drops what has ended and about which no token can be any more.</summary>
internal sealed class AccessRetention(NpgsqlDataSource source, DatabaseReadiness database, TimeProvider time, ILogger<AccessRetention> logger)
    : DurableWork(database, time, logger)
{
    private const int Batch = 1000;

    private static readonly TimeSpan Kept = AuthOptions.LongestTokenLifetime + TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptKeys = TimeSpan.FromDays(30);

    private readonly TimeProvider _time = time;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        var now = _time.GetUtcNow();
        var dropped = await source.ExecuteAsync(
            $"""
            DELETE FROM sessions WHERE id IN (
                (SELECT id FROM sessions WHERE ended_at < @kept LIMIT {Batch}) UNION ALL (SELECT id FROM sessions WHERE expires_at < @kept LIMIT {Batch}))
            """,
            new { kept = now - Kept },
            stoppingToken);
        // Written by Postgres' clock.
        dropped += await source.ExecuteAsync(
            $"DELETE FROM revocations WHERE subject IN (SELECT subject FROM revocations WHERE at < now() - @kept LIMIT {Batch})", new { kept = Kept }, stoppingToken);
        dropped += await source.ExecuteAsync(
            $"DELETE FROM api_keys WHERE id IN (SELECT id FROM api_keys WHERE expires_at < @kept LIMIT {Batch})", new { kept = now - KeptKeys }, stoppingToken);
        return dropped;
    }
}
