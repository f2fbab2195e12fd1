using StackExchange.Redis;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// Hands the announced events of a turn to the readers in this process. The channel of a turn is subscribed to once,
/// while it has readers, however many those are.
/// </summary>
internal sealed class TurnEventHub(IConnectionMultiplexer redis)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Topic> _topics = [];

    /// <summary>Begins to collect what is announced from now on. It misses nothing that is announced after it returned.</summary>
    public async Task<TurnEventSubscription> SubscribeAsync(Guid turnId, CancellationToken cancellationToken)
    {
        TurnEventSubscription subscription;
        Task subscribed;
        lock (_gate)
        {
            if (!_topics.TryGetValue(turnId, out var topic))
            {
                // Within the lock, so that this and an unsubscribe of the same channel reach the server in the order in
                // which they were decided. Only sending happens here; the answer is awaited outside.
                topic = new Topic(this, turnId);
                topic.Subscribed = redis.TrySubscribeAsync(topic.Channel, topic.Receive);
                _topics.Add(turnId, topic);
            }

            subscription = new TurnEventSubscription(topic.Remove);
            topic.Readers = [.. topic.Readers, subscription];
            subscribed = topic.Subscribed;
        }

        try
        {
            await subscribed.WaitAsync(cancellationToken);
            return subscription;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    private sealed class Topic(TurnEventHub hub, Guid turnId)
    {
        public RedisChannel Channel { get; } = new(TurnEventLog.Channel(turnId), RedisChannel.PatternMode.Literal);

        public Task Subscribed { get; set; } = Task.CompletedTask;

        public TurnEventSubscription[] Readers { get; set; } = [];

        public void Receive(RedisChannel channel, RedisValue message)
        {
            if (TurnEvent.Parse(message) is { } turnEvent)
            {
                foreach (var reader in Readers)
                {
                    reader.Offer(turnEvent);
                }
            }
        }

        public void Remove(TurnEventSubscription subscription)
        {
            lock (hub._gate)
            {
                Readers = [.. Readers.Where(r => r != subscription)];
                if (Readers is [] && hub._topics.Remove(turnId))
                {
                    hub.Unsubscribe(this);
                }
            }
        }
    }

    private void Unsubscribe(Topic topic) => redis.TryUnsubscribe(topic.Channel, topic.Receive);
}
