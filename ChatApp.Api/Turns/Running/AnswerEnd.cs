using ChatApp.Api.Moderation.Log;

namespace ChatApp.Api.Turns.Running;

/// <summary>All that is saved when a turn ends.</summary>
/// <param name="Turn">The turn, as it was claimed.</param>
/// <param name="Answer">The whole answer, and the number of the event that ends the turn.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Usage">What it took, where known.</param>
internal sealed record AnswerEnd(ClaimedTurn Turn, AnswerState Answer, TurnOutcome Outcome, TurnUsage? Usage)
{
    /// <summary>The data of the event that takes the text away; null where it stays.</summary>
    public string? Moderated { get; init; }

    /// <summary>That event's number.</summary>
    public long ModeratedSeq { get; init; }

    /// <summary>Decisions that are not in the log yet, besides that of the outcome.</summary>
    public IReadOnlyCollection<ModerationDecision> Decisions { get; init; } = [];
}
