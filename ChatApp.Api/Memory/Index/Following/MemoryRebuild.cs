using ChatApp.Api.Background;
using ChatApp.Api.Memory.Index.Qdrant;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>
/// Builds the index again from Postgres, when it was asked to, or when it was made with something else. Where it is stands in Postgres
/// after each scope, so that another process goes on when this one ends.
/// </summary>
internal sealed partial class MemoryRebuild(
    MemoryIndexStore store, RebuildStore rebuild, TermsRebuild terms, DatabaseReadiness database, TimeProvider time, ILogger<MemoryRebuild> logger,
    QdrantRebuild? outside = null) : DurableWork(database, time, logger)
{
    private const int ScopesAPass = 16;

    // Processes that only search look at what answers every few seconds.
    private static readonly TimeSpan LeavingTime = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time = time;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private string? _trouble;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(1);

    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        if (await store.EnsureAsync(stoppingToken) is not { } index)
        {
            return 0;
        }

        try
        {
            await LookAfterAsync(index, stoppingToken);
            return await rebuild.ClaimAsync(stoppingToken) && await store.EnsureAsync(stoppingToken) is { } mine ? await GoOnAsync(mine, stoppingToken) : 0;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException))
        {
            if (_trouble != exception.Message)
            {
                _trouble = exception.Message;
                LogTrouble(exception.Message);
            }

            await rebuild.TroubleAsync(exception.Message, stoppingToken);
            return 0;
        }
    }

    private async Task<int> GoOnAsync(MemoryIndexRow index, CancellationToken stoppingToken)
    {
        if (index.Rebuild == "requested")
        {
            await rebuild.BeginAsync(outside is null ? null : await outside.CreateAsync(stoppingToken), stoppingToken);
            LogBegun(index.MadeWith);
            return 1;
        }

        var scopes = await rebuild.NextAsync(index, ScopesAPass, stoppingToken);
        if (scopes.Count == 0)
        {
            if (await rebuild.FinishAsync(stoppingToken))
            {
                _trouble = null;
                LogFinished(index.Done);
            }

            return 0;
        }

        foreach (var scope in scopes)
        {
            var count = await terms.RunAsync(scope, all: outside is null, stoppingToken);
            if (outside is not null)
            {
                if (index.Target is not { } target || await outside.FillAsync(target, scope, stoppingToken) is not { } filled)
                {
                    // Somebody tells it of a change at the moment; after that.
                    return 0;
                }

                count = filled;
            }

            if (!await rebuild.StepAsync(scope, count, stoppingToken))
            {
                return 0;
            }
        }

        return scopes.Count;
    }

    /// <summary>Drops what nobody asks any more, and sees whether what answers is still there.</summary>
    private async Task LookAfterAsync(MemoryIndexRow index, CancellationToken stoppingToken)
    {
        if (outside is null || _time.GetUtcNow() - _lookedAt < LeavingTime)
        {
            return;
        }

        var first = _lookedAt == DateTimeOffset.MinValue;
        _lookedAt = _time.GetUtcNow();
        foreach (var collection in index.Followers)
        {
            if (!await outside.ExistsAsync(collection, stoppingToken))
            {
                LogLost(collection.Name);
                await store.LoseAsync(collection.Name, stoppingToken);
            }
        }

        if (!first && index.Rebuild == "none" && (index.FinishedAt is null || _time.GetUtcNow() - index.FinishedAt > LeavingTime))
        {
            foreach (var name in index.Leaving)
            {
                await outside.DropAsync(name, stoppingToken);
                await store.LeftAsync(name, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The memory index is built again with {MadeWith}")]
    private partial void LogBegun(string madeWith);

    [LoggerMessage(LogLevel.Information, "The memory index is built: {Memories} memories")]
    private partial void LogFinished(long memories);

    [LoggerMessage(LogLevel.Warning, "The memory index cannot be built at the moment: {Reason}")]
    private partial void LogTrouble(string reason);

    [LoggerMessage(LogLevel.Warning, "Qdrant no longer has the collection {Collection}; it is filled again from Postgres")]
    private partial void LogLost(string collection);
}
