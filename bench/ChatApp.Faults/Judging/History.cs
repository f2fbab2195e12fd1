using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatApp.Faults.Judging;

/// <summary>Every operation of every client, with its time, as the judge wants it.</summary>
public sealed class History
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<Guid, TurnHistory> _turns = new();
    private readonly ConcurrentQueue<PostHistory> _posts = new();

    public TimeSpan Now => _clock.Elapsed;

    public IReadOnlyCollection<TurnHistory> Turns => [.. _turns.Values];

    public IReadOnlyCollection<PostHistory> Posts => _posts;

    public void Add(PostHistory post) => _posts.Enqueue(post);

    /// <summary>Notes that a turn was accepted; the same again when its post is repeated.</summary>
    public TurnHistory Accepted(Guid id, Guid user, Guid conversation, string question, string key) =>
        _turns.GetOrAdd(id, new TurnHistory(id, user, conversation, question, key, Now));

    /// <summary>Lets go of what was judged, so that a long run does not grow.</summary>
    public void Forget(TurnHistory turn)
    {
        _turns.TryRemove(turn.Id, out _);
        while (_posts.Count > 10_000 && _posts.TryDequeue(out _))
        {
            // The oldest.
        }
    }
}
