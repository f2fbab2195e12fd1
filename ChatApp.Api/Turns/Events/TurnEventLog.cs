using System.Globalization;
using StackExchange.Redis;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// The live log of running turns: one Redis stream a turn, whose entry ids are the events' numbers, and a channel on which
/// each entry is announced. It may be lost at any moment: a turn goes on without it, and readers turn to Postgres.
/// </summary>
internal sealed partial class TurnEventLog(IConnectionMultiplexer redis, TimeProvider time, ILogger<TurnEventLog> logger)
{
    // Refuses an attempt that another one has replaced, and an entry that is there already (a repeated try of one whose
    // answer was lost). The attempt is kept in each entry, so that it needs no key of its own. Where an earlier attempt has
    // written after a later one began, which it can only when Redis lost the log in between, what it wrote goes.
    private const string AppendScript = """
        local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
        if last[1] then
          local owner = tonumber(last[1][2][2])
          if owner > tonumber(ARGV[1]) then return 0 end
          if tonumber(string.match(last[1][1], '^%d+')) >= tonumber(ARGV[2]) then
            if owner == tonumber(ARGV[1]) then return 2 end
            redis.call('DEL', KEYS[1])
          end
        end
        redis.call('XADD', KEYS[1], ARGV[2] .. '-0', 'a', ARGV[1], 'e', ARGV[3])
        redis.call('EXPIRE', KEYS[1], ARGV[4])
        redis.call('PUBLISH', KEYS[2], ARGV[3])
        return 1
        """;

    // From here on no earlier attempt can write. The mark takes no number: it repeats the last entry under the next id of
    // the same number, so that a reader that comes across it has had it already.
    private const string TakeOverScript = """
        local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
        local seq, step, event = ARGV[2], 0, ''
        if last[1] then
          if tonumber(last[1][2][2]) > tonumber(ARGV[1]) then return {} end
          seq, step = string.match(last[1][1], '^(%d+)-(%d+)$')
          event = last[1][2][4]
        end
        redis.call('XADD', KEYS[1], seq .. '-' .. (tonumber(step) + 1), 'a', ARGV[1], 'e', event)
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        return redis.call('XRANGE', KEYS[1], ARGV[4] .. '-0', '+')
        """;

    private const int PageSize = 500;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RunningLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan FinishedLifetime = TimeSpan.FromMinutes(10);

    private long _restUntil;

    /// <summary>Whether Redis answered lately. Readers look into Postgres more often while it does not.</summary>
    public bool IsAvailable => redis.IsConnected && time.GetTimestamp() >= Volatile.Read(ref _restUntil);

    public static string Channel(Guid turnId) => $"chatapp:turn:{{{turnId:N}}}";

    /// <summary>Writes an event for <paramref name="attempt"/> and announces it.</summary>
    /// <returns>
    /// False when a later attempt has written: the caller has lost its turn. Null when Redis did not say: the event may be there or
    /// not, and can be offered again.
    /// </returns>
    public async Task<bool?> AppendAsync(Guid turnId, int attempt, TurnEvent turnEvent)
    {
        var lifetime = turnEvent.IsTerminal ? FinishedLifetime : RunningLifetime;
        var result = await TryAsync(database => database.ExecuteAsync(
            "EVAL",
            AppendScript,
            2,
            (RedisKey)Key(turnId),
            (RedisKey)Channel(turnId),
            attempt,
            turnEvent.Seq,
            turnEvent.Format(),
            (int)lifetime.TotalSeconds));
        return result is null ? null : (int)result != 0;
    }

    /// <summary>
    /// Shuts out every earlier attempt, and tells what those wrote after number <paramref name="saved"/>, the newest event that
    /// is in Postgres, or after an earlier one.
    /// </summary>
    /// <returns>
    /// Null when the log cannot tell all that readers may have seen since then: it was lost, or Redis is away. Otherwise the
    /// events after <paramref name="after"/>, in order.
    /// </returns>
    public async Task<List<TurnEvent>?> TakeOverAsync(Guid turnId, int attempt, long saved, long? after = null)
    {
        var result = await TryAsync(database => database.ExecuteAsync(
            "EVAL", TakeOverScript, 1, (RedisKey)Key(turnId), attempt, saved, (int)RunningLifetime.TotalSeconds, after ?? saved));
        var entries = result is null ? [] : (RedisResult[]?)result ?? [];
        // An attempt leaves its mark before its first event. A log that does not reach back to what is saved has lost
        // something, and with it perhaps what readers saw.
        if (entries is [] || Number(entries[0]) > saved || (entries.Length == 1 && attempt > 1))
        {
            return null;
        }

        var events = new List<TurnEvent>();
        foreach (var turnEvent in entries.Select(Parse).OfType<TurnEvent>())
        {
            if (turnEvent.Seq > (events is [] ? after ?? saved : events[^1].Seq))
            {
                events.Add(turnEvent);
            }
        }

        return events;
    }

    /// <summary>The first events from number <paramref name="from"/> on, and whether those are all; null when Redis cannot say.</summary>
    public async Task<LogPage?> ReadPageAsync(Guid turnId, long from, int count = PageSize)
    {
        var page = await TryAsync(database => database.ExecuteAsync("XRANGE", (RedisKey)Key(turnId), $"{from}-0", "+", "COUNT", count));
        if (page is null)
        {
            return null;
        }

        // What one attempt leaves for the next is among the entries, and is no event.
        var entries = (RedisResult[]?)page ?? [];
        var next = entries is [.., var last] ? Number(last) + 1 : from;
        return new LogPage([.. entries.Select(Parse).OfType<TurnEvent>()], next, entries.Length < count);
    }

    /// <summary>The newest event of the log; null when there is none or Redis cannot say.</summary>
    public async Task<TurnEvent?> ReadLastAsync(Guid turnId)
    {
        var last = await TryAsync(database => database.ExecuteAsync("XREVRANGE", (RedisKey)Key(turnId), "+", "-", "COUNT", 1));
        return last is not null && (RedisResult[]?)last is [var entry] ? Parse(entry) : null;
    }

    /// <summary>Deletes the logs of turns that are no more. Where Redis does not answer, they end by themselves within the hour.</summary>
    public async Task RemoveAsync(IEnumerable<Guid> turnIds)
    {
        foreach (var turnId in turnIds)
        {
            await TryAsync(database => database.ExecuteAsync("DEL", (RedisKey)Key(turnId)));
        }
    }

    private static string Key(Guid turnId) => $"chatapp:turn:{{{turnId:N}}}:events";

    private static long Number(RedisResult entry)
    {
        var id = (string?)((RedisResult[]?)entry)?[0] ?? "";
        return long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
    }

    private static TurnEvent? Parse(RedisResult entry)
    {
        var fields = (RedisResult[]?)((RedisResult[]?)entry)?[1] ?? [];
        return fields.Length >= 4 ? TurnEvent.Parse((string?)fields[3]) : null;
    }

    private async Task<RedisResult?> TryAsync(Func<IDatabase, Task<RedisResult>> command)
    {
        if (!IsAvailable)
        {
            return null;
        }

        try
        {
            return await command(redis.GetDatabase()).WaitAsync(AnswerTimeout, time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // Not every event of every turn should wait for a server that is away.
            Volatile.Write(ref _restUntil, time.GetTimestamp() + (long)(RestAfterFailure.TotalSeconds * time.TimestampFrequency));
            LogAway(exception.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not answer, turns go on without their live log: {Reason}")]
    private partial void LogAway(string reason);
}
