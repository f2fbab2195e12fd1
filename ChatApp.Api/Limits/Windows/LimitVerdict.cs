namespace ChatApp.Api.Limits.Windows;

/// <summary>Whether something may pass under all of its rules. What is refused was not counted under any of them.</summary>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="States">How each rule stands.</param>
internal sealed record LimitVerdict(bool IsAllowed, IReadOnlyList<LimitState> States)
{
    /// <summary>The verdict where no rule applies.</summary>
    public static LimitVerdict Free { get; } = new(true, []);

    /// <summary>The rule that refuses for the longest time; only for what was refused.</summary>
    public LimitState Refusing => States.MaxBy(static s => s.Wait);
}
