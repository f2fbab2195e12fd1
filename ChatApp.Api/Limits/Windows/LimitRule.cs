using System.Runtime.InteropServices;

namespace ChatApp.Api.Limits.Windows;

/// <summary>How often something may happen in any span of a length: not in fixed spans, at whose borders twice as much would pass.</summary>
/// <param name="Name">What callers see it as, such as <c>user</c>.</param>
/// <param name="Subject">Whom it is counted for, such as <c>user:…</c>: part of the key in Redis.</param>
/// <param name="Limit">How often, at least 1.</param>
/// <param name="Window">In which length of time.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LimitRule(string Name, string Subject, int Limit, TimeSpan Window)
{
    /// <summary>How often without a pause; after that each pause is twice as long as the one before.</summary>
    public int Free { get; init; } = int.MaxValue;

    /// <summary>The first pause.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The same rule with a part of what it allows.</summary>
    public LimitRule Part(double fraction) => this with
    {
        Limit = Math.Max(1, (int)(Limit * fraction)),
        Free = Free == int.MaxValue ? Free : Math.Max(1, (int)(Free * fraction)),
    };
}
