using System.Runtime.InteropServices;

namespace ChatApp.Api.Limits.Windows;

/// <summary>Where a rule stands after a request was judged.</summary>
/// <param name="Rule">The rule, with the limit that was applied.</param>
/// <param name="Count">What is in the window, with this request if it passed.</param>
/// <param name="Wait">How long until the rule would let one pass; zero when it does.</param>
/// <param name="Reset">How long until the oldest of what is counted leaves the window; zero when nothing is counted.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LimitState(LimitRule Rule, int Count, TimeSpan Wait, TimeSpan Reset)
{
    /// <summary>How many more may pass now.</summary>
    public int Remaining => Math.Max(0, Rule.Limit - Count);

    /// <summary>Whether all that the window takes is in it: not only a pause.</summary>
    public bool IsFull => Count >= Rule.Limit;
}
