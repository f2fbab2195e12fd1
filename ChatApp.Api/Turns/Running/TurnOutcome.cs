using ChatApp.Api.Moderation.Answers;

namespace ChatApp.Api.Turns.Running;

/// <summary>How a turn ends.</summary>
/// <param name="Status">One of the final statuses.</param>
/// <param name="FinishReason">Why the model stopped: <c>stop</c> or <c>length</c>; null unless it did.</param>
/// <param name="Failure">What went wrong; null unless something did.</param>
internal sealed record TurnOutcome(TurnStatus Status, string? FinishReason = null, TurnFailure? Failure = null)
{
    /// <summary>What it was blocked for; null unless it was.</summary>
    public TurnBlock? Block { get; init; }

    public static TurnOutcome Blocked(TurnBlock block) => new(TurnStatus.Failed, Failure: TurnFailure.Blocked(block.Notice)) { Block = block };
}
