using ChatApp.Api.Accounts.Keys;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Background;

namespace ChatApp.Api.Accounts.Access;

/// <summary>Writes what was noted of the last uses. What is not written yet when a process dies is lost: it is a minute of a display.</summary>
internal sealed class LastUseWriting(
    LastUses uses, SessionStore sessions, ApiKeyUses keys, DatabaseReadiness database, TimeProvider time, ILogger<LastUseWriting> logger)
    : DurableWork(database, time, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        await sessions.SawAsync(uses.TakeSessions(), stoppingToken);
        await keys.WriteAsync(uses.TakeKeys(), stoppingToken);
        return 0;
    }
}
