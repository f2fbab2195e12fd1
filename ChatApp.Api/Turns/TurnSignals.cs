using ChatApp.Api.Turns.Events;
using StackExchange.Redis;

namespace ChatApp.Api.Turns;

/// <summary>
/// Wakes workers and passes on stops: at once in this process, through Redis in the others. Only a hint: what it says is
/// in Postgres, where workers look anyway.
/// </summary>
internal sealed class TurnSignals(IConnectionMultiplexer redis)
{
    private static readonly RedisChannel Queued = new("chatapp:turns:queued", RedisChannel.PatternMode.Literal);
    private static readonly RedisChannel Cancelled = new("chatapp:turns:cancelled", RedisChannel.PatternMode.Literal);

    private Action? _onQueued;
    private Action<Guid>? _onCancel;

    /// <summary>Says that there is work.</summary>
    public void AnnounceQueued()
    {
        _onQueued?.Invoke();
        redis.TryPublish(Queued, "");
    }

    /// <summary>Says that a running turn is no longer wanted.</summary>
    public void AnnounceCancel(Guid turnId)
    {
        _onCancel?.Invoke(turnId);
        redis.TryPublish(Cancelled, turnId.ToString());
    }

    /// <summary>The one listener of this process: its worker.</summary>
    public async Task ListenAsync(Action onQueued, Action<Guid> onCancel)
    {
        _onQueued = onQueued;
        _onCancel = onCancel;
        await redis.TrySubscribeAsync(Queued, (_, _) => onQueued());
        await redis.TrySubscribeAsync(Cancelled, (_, message) =>
        {
            if (Guid.TryParse((string?)message, out var turnId))
            {
                onCancel(turnId);
            }
        });
    }
}
