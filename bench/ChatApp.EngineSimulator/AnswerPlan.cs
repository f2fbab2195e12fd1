namespace ChatApp.EngineSimulator;

/// <summary>What one call is going to be told, and how.</summary>
/// <param name="Answer">The whole answer.</param>
/// <param name="First">The token that this call begins with.</param>
/// <param name="Said">How many characters of that token the caller has already.</param>
/// <param name="End">Where this call's bound on tokens, or the answer, ends.</param>
/// <param name="FirstDelay">The time to the first token.</param>
/// <param name="Interval">The time between tokens.</param>
/// <param name="Fault">What goes wrong; null for nothing.</param>
/// <param name="Stamp">Whether each token says when it was sent.</param>
/// <param name="Head">What every chunk begins with.</param>
/// <param name="Usage">The chunk that counts the tokens, when the caller wants it.</param>
internal sealed record AnswerPlan(
    SimulatedAnswer Answer, int First, int Said, int End, TimeSpan FirstDelay, TimeSpan Interval, string? Fault, bool Stamp, byte[] Head, string? Usage)
{
    public string FinishReason => End < Answer.Count ? "length" : "stop";

    /// <summary>Where a fault in mid-answer happens: half way through what is left, but not before something was said.</summary>
    public int Middle => Math.Min(End, First + Math.Max(1, (End - First) / 2));
}
