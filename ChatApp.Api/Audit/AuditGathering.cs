using System.Collections.Concurrent;

namespace ChatApp.Api.Audit;

/// <summary>
/// Counts what happens again within a minute about the same thing and from the same address. In memory: what a process that is killed had
/// counted is lost, the first of each minute is not. Bounded: past 10,000 pairs in a minute, those that are new are counted together.
/// </summary>
internal sealed class AuditGathering(TimeProvider time)
{
    private const int Most = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Key, Gathered> _gathered = new();

    /// <summary>
    /// Whether many of an action at once are written as one entry that says how many they were: nobody should be able to make the log slow, or
    /// unreadable.
    /// </summary>
    public static bool Gathers(string action) => action is AuditActions.SignInFailed or AuditActions.SecondFactorFailed;

    /// <summary>Whether the entry is to be written now; otherwise it is counted.</summary>
    public bool IsFirst(AuditEntry entry)
    {
        var key = new Key(entry.Action, entry.SubjectId, entry.Actor.Address);
        if (_gathered.Count >= Most && !_gathered.ContainsKey(key))
        {
            key = new Key(entry.Action, null, null);
            entry = new AuditEntry(entry.Action, new AuditActor(AuditActorKind.Anonymous, null, null));
        }

        var made = new Gathered(entry, time.GetTimestamp());
        var gathered = _gathered.GetOrAdd(key, made);
        if (ReferenceEquals(gathered, made))
        {
            return true;
        }

        gathered.Count();
        return false;
    }

    /// <summary>What was counted, as an entry for each, and begins anew with them.</summary>
    /// <param name="all">Also what has not been counted for a minute yet.</param>
    public List<AuditEntry> Take(bool all)
    {
        var entries = new List<AuditEntry>();
        foreach (var (key, gathered) in _gathered)
        {
            // One that is counted in between is of the next minute, at most.
            if ((all || time.GetElapsedTime(gathered.Began) >= Window) && _gathered.TryRemove(KeyValuePair.Create(key, gathered)) && gathered.Entry is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private sealed record Key(string Action, string? SubjectId, string? Address);

    private sealed class Gathered(AuditEntry first, long began)
    {
        private int _more;

        public long Began => began;

        /// <summary>The entry for those after the first; null when there were none.</summary>
        public AuditEntry? Entry => Volatile.Read(ref _more) is > 0 and var more
            ? first with { Detail = new Dictionary<string, string>(first.Detail, StringComparer.Ordinal) { ["more"] = $"{more}" } }
            : null;

        public void Count() => Interlocked.Increment(ref _more);
    }
}
