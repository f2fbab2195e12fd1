using ChatApp.Api.Limits.Windows;

namespace ChatApp.Tests.Limits;

/// <summary>What a sliding window is, said plainly: every moment that passed, asked anew each time.</summary>
internal sealed class WindowModel
{
    private readonly Dictionary<string, List<long>> _passed = new(StringComparer.Ordinal);

    /// <summary>Judges at a moment, in microseconds.</summary>
    public bool Take(long now, IReadOnlyList<LimitRule> rules)
    {
        if (rules.Any(rule => !Allows(rule, now)))
        {
            return false;
        }

        foreach (var rule in rules)
        {
            Of(rule).Add(now);
        }

        return true;
    }

    /// <summary>How many passed in the window that ends now.</summary>
    public int Count(LimitRule rule, long now) => Of(rule).Count(at => at > now - (long)rule.Window.TotalMicroseconds);

    private bool Allows(LimitRule rule, long now)
    {
        var count = Count(rule, now);
        return count < rule.Limit && (count < rule.Free || now >= Of(rule)[^1] + (rule.Pause.TotalMicroseconds * Math.Pow(2, count - rule.Free)));
    }

    private List<long> Of(LimitRule rule) => _passed.TryGetValue(rule.Subject, out var times) ? times : _passed[rule.Subject] = [];
}
