using System.Collections.Concurrent;
using ChatApp.Api.Limits.Windows;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>
/// The day's counters in Redis. One that may have missed something, because Redis was away, is deleted as soon as Redis is back: it is
/// then filled from Postgres again.
/// </summary>
internal sealed class QuotaCounters : IDisposable
{
    // Beyond these it is left to the day's end.
    private const int MaxDoubtful = 10_000;

    private readonly ConcurrentDictionary<string, byte> _doubtful = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _clearing = new(1, 1);
    private readonly LimitRedis _redis;

    public QuotaCounters(LimitRedis redis)
    {
        _redis = redis;
        redis.Recovered += (_, _) => _ = ClearDoubtsAsync();
    }

    /// <summary>Takes an amount from all quotas, or from none.</summary>
    /// <param name="charge">What for.</param>
    /// <param name="subjects">Whose quotas.</param>
    /// <param name="known">What each has used as Postgres knows it; null when nobody asked yet.</param>
    /// <param name="lifetime">How long the counters are needed.</param>
    /// <returns>Null when Redis did not answer.</returns>
    public async Task<QuotaAnswer?> TakeAsync(TokenCharge charge, IReadOnlyList<QuotaSubject> subjects, IReadOnlyList<long>? known, TimeSpan lifetime)
    {
        await ClearDoubtsAsync();
        string[] counters = [.. subjects.Select(s => s.Counter(charge.Day))];
        var arguments = new List<object> { charge.Estimate, (long)lifetime.TotalSeconds };
        for (var i = 0; i < subjects.Count; i++)
        {
            arguments.Add(subjects[i].Limit);
            arguments.Add(known is null ? "" : known[i]);
        }

        if (await _redis.EvalAsync(QuotaScripts.Take, counters, arguments) is not { } answer)
        {
            // It may have been counted or not; and what is accepted now is not.
            Doubt(counters);
            return null;
        }

        var numbers = (StackExchange.Redis.RedisResult[]?)answer ?? [];
        return (long)numbers[0] switch
        {
            1 => QuotaAnswer.Taken,
            0 => new QuotaAnswer(false, false, (int)numbers[1] - 1, (long)numbers[2]),
            _ => QuotaAnswer.Unknown,
        };
    }

    /// <summary>Adds what a turn took beyond its estimate, once.</summary>
    public async Task SettleAsync(Guid turnId, SettledCharge charge)
    {
        if (charge.Difference == 0)
        {
            return;
        }

        await ClearDoubtsAsync();
        string[] counters = [.. charge.Counters()];
        if (await _redis.EvalAsync(QuotaScripts.Settle, [$"settled:{turnId:N}", .. counters], [charge.Difference]) is null)
        {
            Doubt(counters);
        }
    }

    /// <summary>Takes back what was taken for a turn that was not accepted.</summary>
    public async Task GiveBackAsync(QuotaTaking taking)
    {
        string[] counters = [.. taking.Counters];
        if (await _redis.EvalAsync(QuotaScripts.GiveBack, counters, [taking.Charge.Estimate]) is null)
        {
            Doubt(counters);
        }
    }

    /// <summary>Has the counters filled from Postgres before they are asked again.</summary>
    public async Task ForgetAsync(IEnumerable<string> counters)
    {
        string[] all = [.. counters];
        if (!await _redis.DeleteAsync(all))
        {
            Doubt(all);
        }
    }

    public void Dispose() => _clearing.Dispose();

    private void Doubt(IEnumerable<string> counters)
    {
        foreach (var counter in counters)
        {
            if (_doubtful.Count < MaxDoubtful)
            {
                _doubtful.TryAdd(counter, 0);
            }
        }
    }

    private async Task ClearDoubtsAsync()
    {
        if (_doubtful.IsEmpty)
        {
            return;
        }

        // One after another: what was filled again is not to be deleted again.
        await _clearing.WaitAsync();
        try
        {
            string[] doubtful = [.. _doubtful.Keys.Take(1000)];
            if (doubtful is not [] && await _redis.DeleteAsync(doubtful))
            {
                Array.ForEach(doubtful, counter => _doubtful.TryRemove(counter, out _));
            }
        }
        finally
        {
            _clearing.Release();
        }
    }
}
