using Npgsql;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// Looks into Postgres, and the log, after the followed turns of which nothing is heard, or something is missing: all of
/// them together, so that a reader costs no query, and a turn with many readers no more than one with one.
/// </summary>
internal sealed partial class FeedWatch(
    TurnFeeds feeds, FollowedTurnStore turns, TurnEventLog log, TimeProvider time, ILogger<FeedWatch> logger) : BackgroundService
{
    private const int ProgressPage = 500;
    private const int TextPage = 32;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);

    // How long nothing may happen before Postgres is asked whether something did. The longer one bounds how late a
    // reader hears of the end of a turn whose worker died between saving and saying so.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PatienceWithoutLog = TimeSpan.FromMilliseconds(500);

    private readonly List<TurnFeed> _feeds = [];
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Its readers are asked to come again at another process.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        var patience = log.IsAvailable ? Patience : PatienceWithoutLog;
        var silent = new Dictionary<Guid, (TurnFeed Feed, long Known)>();
        var missing = new Dictionary<Guid, TurnFeed>();
        feeds.CopyTo(_feeds);
        foreach (var feed in _feeds)
        {
            if (!feed.NeedsLook(patience, out var isMissing, out var known))
            {
                continue;
            }

            if (isMissing)
            {
                missing.Add(feed.TurnId, feed);
            }
            else
            {
                silent.Add(feed.TurnId, (feed, known));
            }
        }

        _feeds.Clear();
        try
        {
            foreach (var page in silent.Keys.Chunk(ProgressPage))
            {
                await AskAsync(page, silent, missing, stoppingToken);
            }

            foreach (var page in missing.Keys.Chunk(TextPage))
            {
                await ReadAsync(page, missing, stoppingToken);
            }

            _isAway = false;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException
            || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            // Readers stay: what they wait for may still come by the log, and the database comes back.
            if (!_isAway)
            {
                _isAway = true;
                LogAway(exception.Message);
            }
        }
    }

    /// <summary>Finds out which of the silent turns have something to tell.</summary>
    private async Task AskAsync(
        Guid[] ids, Dictionary<Guid, (TurnFeed Feed, long Known)> silent, Dictionary<Guid, TurnFeed> missing, CancellationToken stoppingToken)
    {
        using var limit = Limit(stoppingToken);
        var progress = (await turns.ProgressAsync(ids, limit.Token)).ToDictionary(static p => p.Id);
        foreach (var id in ids)
        {
            var (feed, known) = silent[id];
            if (progress.TryGetValue(id, out var now) && !now.HasEnded && now.EventSeq <= known)
            {
                feed.ShowNothing();
            }
            else
            {
                missing.Add(id, feed);
            }
        }
    }

    private async Task ReadAsync(Guid[] ids, Dictionary<Guid, TurnFeed> missing, CancellationToken stoppingToken)
    {
        using var limit = Limit(stoppingToken);
        var rows = (await turns.FindAsync(ids, limit.Token)).ToDictionary(static t => t.Id);
        await Task.WhenAll(ids.Select(async id =>
        {
            var row = rows.GetValueOrDefault(id);
            var logged = row is { HasEnded: false } ? await log.ReadPageAsync(id, row.EventSeq + 1) : null;
            missing[id].Show(new TurnLook(row, logged?.Events));
        }));
    }

    private static CancellationTokenSource Limit(CancellationToken stoppingToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(QueryTimeout);
        return limit;
    }

    [LoggerMessage(LogLevel.Warning, "Readers of turns cannot look into the database: {Reason}")]
    private partial void LogAway(string reason);
}
