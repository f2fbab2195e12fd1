namespace ChatApp.Faults.Judging;

/// <summary>A promise that was broken.</summary>
/// <param name="Invariant">Which: I1 to I6, see <see cref="Invariants"/>.</param>
/// <param name="Turn">Of which turn; null when of none in particular.</param>
/// <param name="What">What was seen.</param>
public sealed record Violation(string Invariant, Guid? Turn, string What)
{
    public override string ToString() => $"{Invariant} {Turn}: {What}";
}
