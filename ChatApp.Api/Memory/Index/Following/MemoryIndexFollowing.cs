using ChatApp.Api.Background;
using ChatApp.Api.Memory.Index.Qdrant;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>Tells Qdrant what has changed in Postgres, scope by scope.</summary>
internal sealed partial class MemoryIndexFollowing(
    MemoryIndexStore store, ScopeChanges changes, ScopeClaims claims, ScopeTelling telling, IOptions<QdrantOptions> options,
    DatabaseReadiness database, TimeProvider time, ILogger<MemoryIndexFollowing> logger) : DurableWork(database, time, logger)
{
    private const int ScopesAPass = 16;

    private bool _away;

    protected override TimeSpan Interval => options.Value.PollInterval;

    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        if (await store.EnsureAsync(stoppingToken) is not { Answering: not null })
        {
            // Not set up yet, or by a process that started later and sees to it.
            return 0;
        }

        var done = 0;
        foreach (var scope in await changes.BehindAsync(ScopesAPass, stoppingToken))
        {
            if (await claims.ClaimAsync(ScopeClaims.Indexing, scope, stoppingToken) is not { } claim)
            {
                continue;
            }

            try
            {
                await telling.TellChangesAsync(claim, stoppingToken);
                done++;
                Answered();
            }
            catch (QdrantException exception)
            {
                if (exception.IsRefusal)
                {
                    // Something is wrong with this one; the others need not wait for it.
                    LogRefused(scope.UserId, scope.CharacterId, exception.Message);
                    await claims.PutOffAsync(claim, stoppingToken);
                    continue;
                }

                // Away: nothing is lost, and nobody else would get further.
                await claims.ReleaseAsync(claim, stoppingToken);
                Away(exception);
                return 0;
            }
            catch
            {
                // A process that stops leaves it to the others at once.
                await claims.ReleaseAsync(claim, CancellationToken.None);
                throw;
            }
        }

        return done;
    }

    private void Away(QdrantException exception)
    {
        if (!_away)
        {
            _away = true;
            LogAway(exception.Message);
        }
    }

    private void Answered()
    {
        if (_away)
        {
            _away = false;
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "What changes in memories waits for Qdrant: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Qdrant answers again and is told what it missed")]
    private partial void LogBack();

    [LoggerMessage(LogLevel.Error, "Qdrant refuses the memories of user {UserId} with character {CharacterId}; they are tried again later: {Reason}")]
    private partial void LogRefused(Guid userId, Guid characterId, string reason);
}
