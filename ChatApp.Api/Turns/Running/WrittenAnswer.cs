namespace ChatApp.Api.Turns.Running;

/// <summary>What is saved of an answer when an attempt begins.</summary>
internal sealed record WrittenAnswer
{
    public string Text { get; init; } = "";

    /// <summary>Characters of it that belong to the answer which this one continues; 0 for other turns.</summary>
    public int GivenLength { get; init; }

    /// <summary>How long the answer was when readers were told what was recalled.</summary>
    public int RecallOffset { get; init; }

    /// <summary>What that was: a <see cref="TurnRecall"/> as JSON; null when they were told nothing.</summary>
    public string? Recall { get; init; }
}
