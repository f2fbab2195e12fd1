using System.Collections.Concurrent;

namespace ChatApp.Inference.Routing.Auto;

/// <summary>
/// Which named conversations went to the large model of late; they stay there, so that its prefix cache is of use. In two generations:
/// what was not asked for during one is forgotten with it, and neither grows beyond a bound.
/// </summary>
internal sealed class LargeConversations(TimeProvider time)
{
    private const int MaximumConversations = 50_000;
    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(30);

    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<(string Model, string Caller, string Conversation), byte> _recent = new();
    private volatile ConcurrentDictionary<(string Model, string Caller, string Conversation), byte> _older = new();
    private long _began = time.GetTimestamp();
    private int _count;

    /// <summary>Whether it went there in the last half hour; it is remembered for as long again.</summary>
    public bool Contains(string model, string caller, string conversation)
    {
        Turn();
        var key = (model, caller, conversation);
        if (_recent.ContainsKey(key))
        {
            return true;
        }

        if (!_older.ContainsKey(key))
        {
            return false;
        }

        Note(key);
        return true;
    }

    /// <summary>Notes that it goes there.</summary>
    public void Add(string model, string caller, string conversation)
    {
        Turn();
        Note((model, caller, conversation));
    }

    private void Note((string Model, string Caller, string Conversation) key)
    {
        if (_recent.TryAdd(key, 0))
        {
            Interlocked.Increment(ref _count);
        }
    }

    private void Turn()
    {
        if (!IsOver())
        {
            return;
        }

        lock (_turning)
        {
            if (IsOver())
            {
                // After two generations of silence nothing is recent any more.
                _older = time.GetElapsedTime(Volatile.Read(ref _began)) < Generation * 2 ? _recent : new();
                _recent = new();
                Volatile.Write(ref _count, 0);
                Volatile.Write(ref _began, time.GetTimestamp());
            }
        }
    }

    // Counted apart: the dictionary's own count takes all of its locks.
    private bool IsOver() => time.GetElapsedTime(Volatile.Read(ref _began)) >= Generation || Volatile.Read(ref _count) >= MaximumConversations;
}
