using StackExchange.Redis;

namespace ChatApp.Api.Limits.Windows;

/// <summary>Judges by all rules of a request at once, inside Redis and by its clock, so that the limits are exact however many processes ask.</summary>
internal static class WindowScript
{
    // A list a rule, of the times in microseconds at which something passed. Old ones are taken off first, so that each is
    // touched twice in its life. Numbers of this size are not written as Lua writes them, which would round them.
    // A time that lies further ahead than the window is long was written by a clock that was wrong.
    public const string Take = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000000 + clock[2]
        local answer, refused = {now, 1}, false
        for i, key in ipairs(KEYS) do
          local limit, window = tonumber(ARGV[i * 4 - 3]), tonumber(ARGV[i * 4 - 2])
          local free, pause = tonumber(ARGV[i * 4 - 1]), tonumber(ARGV[i * 4])
          local head = tonumber(redis.call('LINDEX', key, 0))
          while head and (head <= now - window or head > now + window) do
            redis.call('LPOP', key)
            head = tonumber(redis.call('LINDEX', key, 0))
          end
          local count, wait = redis.call('LLEN', key), 0
          if count >= limit then
            wait = tonumber(redis.call('LINDEX', key, count - limit)) + window - now
          elseif count >= free then
            wait = math.max(0, tonumber(redis.call('LINDEX', key, -1)) + pause * 2 ^ (count - free) - now)
          end
          refused = refused or wait > 0
          answer[i * 3] = count
          answer[i * 3 + 1] = wait
          answer[i * 3 + 2] = head and head + window - now or 0
        end
        if refused then
          answer[2] = 0
          return answer
        end
        for i, key in ipairs(KEYS) do
          local window = tonumber(ARGV[i * 4 - 2])
          redis.call('RPUSH', key, string.format('%.0f', now))
          redis.call('PEXPIRE', key, math.ceil(window / 1000))
          answer[i * 3] = answer[i * 3] + 1
          if answer[i * 3] == 1 then answer[i * 3 + 2] = window end
        end
        return answer
        """;

    // Takes back the newest of what passed.
    public const string GiveBack = """
        for _, key in ipairs(KEYS) do redis.call('RPOP', key) end
        return 1
        """;

    /// <summary>What the script wants to know of a rule.</summary>
    public static IEnumerable<object> Arguments(LimitRule rule) =>
        [rule.Limit, Microseconds(rule.Window), rule.Free, Microseconds(rule.Pause)];

    /// <summary>Reads what the script answered.</summary>
    public static LimitVerdict Read(RedisResult answer, IReadOnlyList<LimitRule> rules)
    {
        var numbers = (RedisResult[]?)answer ?? [];
        var states = new LimitState[rules.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = new LimitState(rules[i], (int)numbers[2 + (i * 3)], Span(numbers[3 + (i * 3)]), Span(numbers[4 + (i * 3)]));
        }

        return new LimitVerdict((long)numbers[1] == 1, states);
    }

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static TimeSpan Span(RedisResult microseconds) => TimeSpan.FromTicks((long)microseconds * TimeSpan.TicksPerMicrosecond);
}
