using System.Collections.Concurrent;
using ChatApp.Inference.Telemetry;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Metering;

/// <summary>
/// What was used, summed in memory until it is taken into the database; without a database, as long as the process lives. The number of
/// sums is bounded: past it, callers that are new go under <see cref="OtherCallers"/>.
/// </summary>
internal sealed partial class UsageLedger(IOptions<MeteringOptions> options, ILogger<UsageLedger> logger)
{
    /// <summary>Under which name usage goes when there are too many callers to tell apart.</summary>
    public const string OtherCallers = "other";

    /// <summary>Under which name the usage of callers stays who are no more: what models took is still known, and not by whom.</summary>
    public const string DeletedCallers = "deleted";

    private readonly ConcurrentDictionary<UsageKey, UsageSum> _sums = new();
    private readonly int _maximum = options.Value.MaxKeys;
    private int _count;
    private int _hasFolded;

    /// <summary>Adds a call that has ended.</summary>
    public void Add(DateOnly day, string caller, in CallRecord call, TimeSpan queued)
    {
        var key = new UsageKey(day, call.Model, call.Target?.Engine.Name ?? "", call.Target?.Model ?? "", CallerName.Of(caller));
        Add(key, new UsageAmounts
        {
            Requests = 1,
            Failed = CallOutcome.IsFailure(call.Outcome) ? 1 : 0,
            Cached = call.IsFromCache ? 1 : 0,
            Estimated = call.Charge.IsEstimated ? 1 : 0,
            InputTokens = call.Charge.InputTokens,
            CachedInputTokens = call.Charge.CachedInputTokens,
            OutputTokens = call.Charge.OutputTokens,
            Cost = call.Charge.Cost,
            QueuedMilliseconds = (long)queued.TotalMilliseconds,
            FirstTokens = call.FirstToken is null ? 0 : 1,
            FirstTokenMilliseconds = call.FirstToken is { } first ? (long)first.TotalMilliseconds : 0,
        });
    }

    /// <summary>Adds amounts.</summary>
    public void Add(UsageKey key, in UsageAmounts amounts)
    {
        while (!Sum(ref key).TryAdd(amounts))
        {
            // It was taken out between the look-up and the addition; the next look-up finds none, or a new one.
        }
    }

    /// <summary>What is summed at the moment.</summary>
    public List<UsageRow> Read()
    {
        var rows = new List<UsageRow>();
        foreach (var (key, sum) in _sums)
        {
            if (sum.Current is { Requests: > 0 } amounts)
            {
                rows.Add(new UsageRow(key, amounts));
            }
        }

        return rows;
    }

    /// <summary>Takes everything out; null when there is nothing.</summary>
    public UsageBatch? Take()
    {
        List<UsageRow>? rows = null;
        foreach (var (key, sum) in _sums)
        {
            if (sum.Take() is { Requests: > 0 } amounts)
            {
                (rows ??= []).Add(new UsageRow(key, amounts));
            }
            else
            {
                Remove(key, sum);
            }
        }

        return rows is null ? null : new UsageBatch(Guid.CreateVersion7(), rows);
    }

    /// <summary>Forgets days before this one; for a ledger that nothing is taken out of.</summary>
    public void Forget(DateOnly oldest)
    {
        foreach (var (key, sum) in _sums)
        {
            if (key.Day < oldest)
            {
                // What is taken now is forgotten; the second time there is nothing, which retires it.
                sum.Take();
                if (sum.Take().Requests == 0)
                {
                    Remove(key, sum);
                }
            }
        }
    }

    /// <summary>Puts what is summed of a caller under <see cref="DeletedCallers"/>.</summary>
    public void Forget(string caller)
    {
        foreach (var (key, sum) in _sums)
        {
            if (key.Caller == caller)
            {
                Add(key with { Caller = DeletedCallers }, sum.Take());

                // The second time there is nothing, which retires it.
                if (sum.Take().Requests == 0)
                {
                    Remove(key, sum);
                }
            }
        }
    }

    private UsageSum Sum(ref UsageKey key)
    {
        if (_sums.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _count) >= _maximum && key.Caller != OtherCallers)
        {
            if (Interlocked.Exchange(ref _hasFolded, 1) == 0)
            {
                LogFolded(logger, _maximum, OtherCallers);
            }

            key = key with { Caller = OtherCallers };
            return Sum(ref key);
        }

        var sum = new UsageSum();
        var added = _sums.GetOrAdd(key, sum);
        if (ReferenceEquals(added, sum))
        {
            Interlocked.Increment(ref _count);
        }

        return added;
    }

    private void Remove(UsageKey key, UsageSum sum)
    {
        if (_sums.TryRemove(new KeyValuePair<UsageKey, UsageSum>(key, sum)))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Usage is summed under {Maximum} names (Gateway:Metering:MaxKeys), the bound: callers that are new go under '{Other}' until the database takes some.")]
    private static partial void LogFolded(ILogger logger, int maximum, string other);
}
