using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Metering;

/// <summary>
/// The accounts of this process, by day and caller. Their number is bounded (<c>Gateway:Metering:MaxKeys</c>): past it, callers that are new
/// share one. Accounts that nobody asked for lately, and that the database has all of, are let go.
/// </summary>
internal sealed class BudgetAccounts(IOptions<MeteringOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(DateOnly Day, string Caller), BudgetAccount> _accounts = new();
    private readonly int _maximum = options.Value.MaxKeys;
    private int _count;

    /// <summary>The account of a caller on a day.</summary>
    public BudgetAccount Of(DateOnly day, string caller)
    {
        var key = (day, CallerName.Of(caller));
        while (true)
        {
            if (!_accounts.TryGetValue(key, out var account))
            {
                if (Volatile.Read(ref _count) >= _maximum)
                {
                    key = (day, UsageLedger.OtherCallers);
                }

                var made = new BudgetAccount(key.day, key.Item2);
                account = _accounts.GetOrAdd(key, made);
                if (ReferenceEquals(account, made))
                {
                    Interlocked.Increment(ref _count);
                }
            }

            if (account.TryHold(time.GetTimestamp()))
            {
                return account;
            }

            // It was let go between the look-up and now; the next look-up finds none, or a new one.
        }
    }

    /// <summary>The account of a caller on a day, if there is one.</summary>
    public BudgetAccount? Find(DateOnly day, string caller) => _accounts.GetValueOrDefault((day, caller));

    /// <summary>The accounts of a day that calls asked for within a time.</summary>
    public List<BudgetAccount> AskedFor(DateOnly day, TimeSpan within)
    {
        var since = time.GetTimestamp() - (long)(within.TotalSeconds * time.TimestampFrequency);
        var asked = new List<BudgetAccount>();
        foreach (var (key, account) in _accounts)
        {
            if (key.Day == day && account.AskedAt >= since)
            {
                asked.Add(account);
            }
        }

        return asked;
    }

    /// <summary>Lets go of what is of no more use.</summary>
    public void Sweep(DateOnly today)
    {
        var before = time.GetTimestamp() - (long)(Kept.TotalSeconds * time.TimestampFrequency);
        // A day ends while calls of it are still under way; two days later there are none.
        var oldest = today.AddDays(-1);
        foreach (var (key, account) in _accounts)
        {
            if ((key.Day < oldest || account.TryRetire(before)) && _accounts.TryRemove(KeyValuePair.Create(key, account)))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
