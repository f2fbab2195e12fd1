using StackExchange.Redis;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// The turns that are followed in this process. The channel of a turn is subscribed to once, while it has readers,
/// however many those are.
/// </summary>
internal sealed class TurnFeeds(IConnectionMultiplexer redis, TurnEventLog log, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, TurnFeed> _feeds = [];

    /// <summary>Begins to follow a turn from a cursor. What is announced from now on is not missed.</summary>
    /// <param name="turn">The turn as it is stored now.</param>
    /// <param name="cursor">Where the reader is.</param>
    /// <param name="signal">Woken when there may be something to read.</param>
    /// <param name="cancellationToken">Ends the wait for Redis.</param>
    public async Task<TurnFollower> FollowAsync(TurnRow turn, EventCursor cursor, ReaderSignal signal, CancellationToken cancellationToken)
    {
        if (turn.HasEnded)
        {
            return new TurnFollower(turn, cursor, null, this, log, signal);
        }

        var (follower, subscribed) = Join(turn, cursor, signal);
        try
        {
            // Before the log is read, so that nothing falls between the two.
            await subscribed.WaitAsync(cancellationToken);
            return follower;
        }
        catch
        {
            follower.Dispose();
            throw;
        }
    }

    /// <summary>Lets a reader go, and its turn with the last one.</summary>
    public void Leave(TurnFeed feed, TurnFollower follower)
    {
        lock (_gate)
        {
            if (feed.Remove(follower))
            {
                _feeds.Remove(feed.TurnId);
                redis.TryUnsubscribe(feed.Channel, feed.Receive);
            }
        }
    }

    /// <summary>Replaces what is in <paramref name="feeds"/> by the turns that are followed now.</summary>
    public void CopyTo(List<TurnFeed> feeds)
    {
        feeds.Clear();
        lock (_gate)
        {
            feeds.AddRange(_feeds.Values);
        }
    }

    private (TurnFollower Follower, Task Subscribed) Join(TurnRow turn, EventCursor cursor, ReaderSignal signal)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(turn.Id, out var feed))
            {
                // Within the lock, so that this and an unsubscribe of the same channel reach the server in the order in
                // which they were decided. Only sending happens here; the answer is awaited outside.
                feed = new TurnFeed(turn.Id, time);
                feed.Subscribed = redis.TrySubscribeAsync(feed.Channel, feed.Receive);
                _feeds.Add(turn.Id, feed);
            }

            var follower = new TurnFollower(turn, cursor, feed, this, log, signal);
            feed.Add(follower);
            return (follower, feed.Subscribed);
        }
    }
}
