namespace ChatApp.Api.Turns;

/// <summary>Whether a turn is taken, and why not. A request that is refused changes nothing.</summary>
internal enum Verdict
{
    /// <summary>There is no such conversation of this person.</summary>
    NoConversation,

    /// <summary>The conversation has no such message.</summary>
    NoMessage,

    /// <summary>It is queued.</summary>
    Accepted,

    /// <summary>The same was asked for before under the same key.</summary>
    Repeated,

    /// <summary>Something else was asked for before under the same key.</summary>
    KeyReused,

    /// <summary>Only what the person said can be edited.</summary>
    NotSaidByUser,

    /// <summary>Only an answer can be written again or continued.</summary>
    NotAnAnswer,

    /// <summary>The message that it answers was blocked.</summary>
    Blocked,

    /// <summary>The conversation's last turn has not ended.</summary>
    Busy,

    /// <summary>The answer is continued by another one.</summary>
    ContinuedAlready,

    /// <summary>Of the answer there is nothing to continue.</summary>
    Empty,

    /// <summary>The answer was not cut off.</summary>
    Whole,

    /// <summary>The character's model cannot go on from a text.</summary>
    CannotContinue,

    /// <summary>The person has as many turns queued and running as is allowed.</summary>
    TooMany,

    /// <summary>As many turns of everybody wait as is allowed.</summary>
    QueueFull,
}
