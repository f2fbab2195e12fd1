using StackExchange.Redis;

namespace ChatApp.Api.Turns.Events;

/// <summary>Subscribing where Redis may be away: the client keeps the wish and makes it true when it is back.</summary>
internal static class RedisSubscriptions
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    public static async Task TrySubscribeAsync(this IConnectionMultiplexer redis, RedisChannel channel, Action<RedisChannel, RedisValue> handler)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(channel, handler).WaitAsync(AnswerTimeout);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Whoever follows a channel also looks by itself from time to time.
        }
    }

    public static void TryUnsubscribe(this IConnectionMultiplexer redis, RedisChannel channel, Action<RedisChannel, RedisValue> handler)
    {
        try
        {
            Forget(redis.GetSubscriber().UnsubscribeAsync(channel, handler));
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            // The server forgets the channel together with the connection.
        }
    }

    /// <summary>Publishes without waiting. Nobody relies on it: what it says is in Postgres.</summary>
    public static void TryPublish(this IConnectionMultiplexer redis, RedisChannel channel, string message)
    {
        try
        {
            Forget(redis.GetSubscriber().PublishAsync(channel, message));
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            // A look at the queue finds it.
        }
    }

    private static void Forget(Task task) => _ = task.ContinueWith(
        static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
