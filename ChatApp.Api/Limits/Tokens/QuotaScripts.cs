namespace ChatApp.Api.Limits.Tokens;

/// <summary>Counting tokens inside Redis, for all of a turn's quotas at once. The counters hold what Postgres has, and what is on its way there.</summary>
internal static class QuotaScripts
{
    // A counter that Redis does not have is asked for by -1, and given with the next try. Another process may have been faster.
    public const string Take = """
        local amount, used = tonumber(ARGV[1]), {}
        for i, key in ipairs(KEYS) do
          local now = redis.call('GET', key)
          if not now then
            now = ARGV[i * 2 + 2]
            if now == '' then return {-1} end
            redis.call('SET', key, now, 'EX', ARGV[2])
          end
          used[i] = tonumber(now)
        end
        for i in ipairs(KEYS) do
          if used[i] + amount > tonumber(ARGV[i * 2 + 1]) then return {0, i, used[i]} end
        end
        for _, key in ipairs(KEYS) do redis.call('INCRBY', key, ARGV[1]) end
        return {1}
        """;

    // A counter that is not there is filled from Postgres by whoever asks for it next, which knows of the difference already.
    // The first key is the turn's mark: a turn is settled once.
    public const string Settle = """
        if not redis.call('SET', KEYS[1], 1, 'NX', 'EX', 7200) then return 0 end
        for i = 2, #KEYS do
          if redis.call('EXISTS', KEYS[i]) == 1 then redis.call('INCRBY', KEYS[i], ARGV[1]) end
        end
        return 1
        """;

    /// <summary>Takes an amount back.</summary>
    public const string GiveBack = """
        for _, key in ipairs(KEYS) do
          if redis.call('EXISTS', key) == 1 then redis.call('DECRBY', key, ARGV[1]) end
        end
        return 1
        """;
}
