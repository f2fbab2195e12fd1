namespace ChatApp.Api.Conversations;

/// <summary>What became of the wish to branch.</summary>
/// <param name="Source">What was to be copied; null when there is no such conversation.</param>
/// <param name="Conversation">The new conversation; null when there is none.</param>
internal sealed record Branching(BranchSource? Source, Conversation? Conversation)
{
    /// <summary>Messages that a branch copies, at most.</summary>
    public const int MaxMessages = 2000;
}

/// <summary>The path that is to be copied.</summary>
internal sealed record BranchSource
{
    /// <summary>Messages up to and including the one asked for; null when the conversation has no such message.</summary>
    public int? Messages { get; init; }

    /// <summary>Whether the message asked for will not change any more.</summary>
    public bool IsFinal { get; init; }
}
