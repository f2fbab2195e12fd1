using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ChatApp.Api.Limits.Windows;

/// <summary>Runs the limits' scripts in Redis, for a short time only: whoever asks has another way to judge.</summary>
internal sealed partial class LimitRedis(
    IConnectionMultiplexer redis, IOptions<LimitOptions> options, TimeProvider time, ILogger<LimitRedis> logger)
{
    // While Redis does not answer, one request a second waits to see whether it does again.
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    private long _restUntil;
    private int _isAway;

    /// <summary>Happens when Redis answers again after it did not.</summary>
    public event EventHandler? Recovered;

    /// <summary>The key of something that is counted. All are in one slot of a cluster, because one script judges several.</summary>
    public static string Key(string subject) => $"chatapp:{{limits}}:{subject}";

    /// <summary>Runs a script, all of it or nothing.</summary>
    /// <returns>Null when Redis did not answer in time: the script may have run or not.</returns>
    public Task<RedisResult?> EvalAsync(string script, IReadOnlyCollection<string> subjects, IEnumerable<object> arguments)
    {
        object[] parameters = [script, subjects.Count, .. subjects.Select(static s => (object)(RedisKey)Key(s)), .. arguments];
        return DoAsync(database => database.ExecuteAsync("EVAL", parameters));
    }

    /// <summary>Sets a mark for a time, unless it is set.</summary>
    /// <returns>Whether this call set it; null when Redis did not answer in time.</returns>
    public async Task<bool?> MarkAsync(string subject, TimeSpan lifetime) =>
        await DoAsync(database => database.ExecuteAsync("SET", (RedisKey)Key(subject), 1, "NX", "PX", (long)lifetime.TotalMilliseconds)) is { } answer
            ? !answer.IsNull
            : null;

    /// <summary>Forgets what was counted.</summary>
    /// <returns>False when Redis did not answer in time.</returns>
    public async Task<bool> DeleteAsync(IEnumerable<string> subjects)
    {
        object[] keys = [.. subjects.Select(static s => (object)(RedisKey)Key(s))];
        return await DoAsync(database => database.ExecuteAsync("DEL", keys)) is not null;
    }

    private async Task<RedisResult?> DoAsync(Func<IDatabase, Task<RedisResult>> command)
    {
        if (!redis.IsConnected || time.GetTimestamp() < Volatile.Read(ref _restUntil))
        {
            NoteAway("there is no connection");
            return null;
        }

        try
        {
            var answer = await command(redis.GetDatabase()).WaitAsync(options.Value.RedisTimeout, time);
            if (Interlocked.Exchange(ref _isAway, 0) == 1)
            {
                LogBack();
                Recovered?.Invoke(this, EventArgs.Empty);
            }

            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            Volatile.Write(ref _restUntil, time.GetTimestamp() + (long)(RestAfterFailure.TotalSeconds * time.TimestampFrequency));
            NoteAway(exception.Message);
            return null;
        }
    }

    private void NoteAway(string reason)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            LogAway(reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not answer, each process limits requests by itself until it does: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Redis answers again, and limits are counted over all processes")]
    private partial void LogBack();
}
