using System.Collections.Concurrent;
using ChatApp.Api.Turns.Events;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Turns.Running;

/// <summary>
/// Claims turns and runs them, a bounded number at once. It is woken when there is work, and looks by itself once a
/// second: for turns whose wake-up was lost, and for those whose worker was.
/// </summary>
internal sealed partial class TurnWorker(
    TurnQueue queue,
    TurnRunner runner,
    TurnSignals signals,
    TurnEventLog log,
    DatabaseReadiness database,
    IOptions<TurnOptions> options,
    TimeProvider time,
    ILogger<TurnWorker> logger) : BackgroundService
{
    // Few at a time, so that the workers of other processes get their share of a burst.
    private const int ClaimBatch = 8;

    private readonly ConcurrentDictionary<Guid, RunningTurn> _running = new();
    private readonly WakeUp _wake = new();
    private long _reclaimFrom;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        await signals.ListenAsync(_wake.Set, Cancel);
        using var beating = new CancellationTokenSource();
        var heartbeat = KeepLeasesAsync(beating.Token);
        LogStarted(queue.Worker, options.Value.Concurrency);
        try
        {
            await ClaimUntilStoppedAsync(stoppingToken);
        }
        finally
        {
            await DrainAsync();
            await beating.CancelAsync();
            await heartbeat;
        }
    }

    private async Task ClaimUntilStoppedAsync(CancellationToken stoppingToken)
    {
        var lastReclaim = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await ClaimAsync(queue.ClaimAsync, stoppingToken);
                if (time.GetElapsedTime(lastReclaim) >= options.Value.PollInterval)
                {
                    var reclaimed = await ReclaimAsync(stoppingToken);
                    claimed += reclaimed;
                    // A worker that died may have left more than a batch: then there is no waiting in between.
                    lastReclaim = reclaimed < ClaimBatch ? time.GetTimestamp() : lastReclaim;
                    await LookForCancelsAsync(stoppingToken);
                }

                if (claimed < ClaimBatch)
                {
                    await _wake.WaitAsync(options.Value.PollInterval, time, stoppingToken);
                }
            }
            catch (NpgsqlException exception)
            {
                NoteQueueAway(exception);
                await _wake.WaitAsync(options.Value.PollInterval, time, stoppingToken);
            }
        }
    }

    private async Task<int> ReclaimAsync(CancellationToken stoppingToken) => time.GetTimestamp() < Volatile.Read(ref _reclaimFrom)
        ? 0
        : await ClaimAsync((count, token) => queue.ReclaimAsync(count, LastChances(), token), stoppingToken);

    // One at a time, until it has something saved: the next that is on its last chance waits, so that it is not ended together
    // with the one that ends workers.
    private int LastChances() => _running.Values.Any(r =>
        r.Turn.Abandoned && r.Turn.Failures == options.Value.MaxAttempts - 1 && !r.HasGotSomewhere) ? 0 : 1;

    /// <summary>A stop that Redis did not pass on is still done within about a second.</summary>
    private async Task LookForCancelsAsync(CancellationToken stoppingToken)
    {
        if (log.IsAvailable || _running.IsEmpty)
        {
            return;
        }

        foreach (var turnId in await queue.CancelledAsync([.. _running.Keys], stoppingToken))
        {
            Cancel(turnId);
        }
    }

    private async Task<int> ClaimAsync(Func<int, CancellationToken, Task<List<ClaimedTurn>>> claim, CancellationToken stoppingToken)
    {
        var free = Math.Min(options.Value.Concurrency - _running.Count, ClaimBatch);
        if (free <= 0)
        {
            return 0;
        }

        // Not cancelled by the stop: a turn claimed at that moment would have to wait for its lease to end.
        stoppingToken.ThrowIfCancellationRequested();
        var turns = await claim(free, CancellationToken.None);
        foreach (var turn in turns)
        {
            if (_running.TryGetValue(turn.Id, out var earlier))
            {
                // This process was paused for longer than its lease, and has just taken its own turn anew.
                earlier.Stop(StopReason.LeaseLost);
            }

            var running = new RunningTurn(turn);
            _running[turn.Id] = running;
            running.Completion = Task.Run(() => RunAsync(running), CancellationToken.None);
        }

        return turns.Count;
    }

    private async Task RunAsync(RunningTurn running)
    {
        await runner.RunAsync(running);
        // Only itself: a later attempt at the same turn may have come to this process already.
        _running.TryRemove(new(running.Turn.Id, running));
        running.Dispose();
        _wake.Set();
    }

    private void Cancel(Guid turnId)
    {
        if (_running.TryGetValue(turnId, out var running))
        {
            running.Stop(StopReason.Cancelled);
        }
    }

    private async Task KeepLeasesAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RenewAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing is left to keep.
        }
    }

    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        RunningTurn[] mine = [.. _running.Values];
        if (mine is [])
        {
            return;
        }

        try
        {
            var renewed = await queue.RenewAsync(
                [.. mine.Select(static r => r.Turn.Id)], [.. mine.Select(static r => r.Turn.Attempt)], stoppingToken);
            var leases = renewed.ToDictionary(static l => l.Id);
            foreach (var running in mine)
            {
                if (!leases.TryGetValue(running.Turn.Id, out var lease))
                {
                    running.Stop(StopReason.LeaseLost);
                }
                else if (lease.CancelRequested)
                {
                    running.Stop(StopReason.Cancelled);
                }
            }
        }
        catch (NpgsqlException exception)
        {
            // Nobody else can claim them either while the database is away.
            NoteQueueAway(exception);
        }
    }

    private void NoteQueueAway(NpgsqlException exception)
    {
        // Leases run out while nobody can renew them. When the database is back, whoever is alive gets the time to.
        Volatile.Write(ref _reclaimFrom, time.GetTimestamp() + (long)(options.Value.Lease.TotalSeconds * time.TimestampFrequency));
        LogQueueAway(exception.Message);
    }

    private async Task DrainAsync()
    {
        if (_running.IsEmpty)
        {
            return;
        }

        LogDraining(_running.Count);
        try
        {
            await AllRunning().WaitAsync(options.Value.Drain, time);
        }
        catch (TimeoutException)
        {
            foreach (var running in _running.Values)
            {
                running.Stop(StopReason.Released);
            }

            await AllRunning();
        }
    }

    private Task AllRunning() => Task.WhenAll(_running.Values.Select(static r => r.Completion));

    [LoggerMessage(LogLevel.Information, "Worker {Worker} takes up to {Concurrency} turns at once")]
    private partial void LogStarted(string worker, int concurrency);

    [LoggerMessage(LogLevel.Information, "Finishing {Count} running turns")]
    private partial void LogDraining(int count);

    [LoggerMessage(LogLevel.Warning, "The queue of turns is not reachable: {Reason}")]
    private partial void LogQueueAway(string reason);
}
