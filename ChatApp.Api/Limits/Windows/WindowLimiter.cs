using Microsoft.Extensions.Options;

namespace ChatApp.Api.Limits.Windows;

/// <summary>Judges by sliding windows: over all processes in Redis, and while that is away in this process with a part of each limit.</summary>
internal sealed class WindowLimiter(LimitRedis redis, LocalWindows local, IOptions<LimitOptions> options)
{
    /// <summary>Judges by all rules in one round trip, and counts what passes under each of them.</summary>
    public async Task<LimitVerdict> TakeAsync(IReadOnlyList<LimitRule> rules)
    {
        if (rules.Count == 0)
        {
            return LimitVerdict.Free;
        }

        var answer = await redis.EvalAsync(WindowScript.Take, [.. rules.Select(static r => r.Subject)], rules.SelectMany(WindowScript.Arguments));
        return answer is null
            ? local.Take([.. rules.Select(rule => rule.Part(options.Value.FractionWithoutRedis))])
            : WindowScript.Read(answer, rules);
    }

    /// <summary>Forgets all that was counted for a subject.</summary>
    public async Task ForgetAsync(params string[] subjects)
    {
        foreach (var subject in subjects)
        {
            local.Forget(subject);
        }

        await redis.DeleteAsync(subjects);
    }

    /// <summary>Takes back one that was counted for a subject.</summary>
    public async Task GiveBackAsync(string subject)
    {
        local.GiveBack(subject);
        await redis.EvalAsync(WindowScript.GiveBack, [subject], []);
    }
}
