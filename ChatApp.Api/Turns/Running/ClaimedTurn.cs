namespace ChatApp.Api.Turns.Running;

/// <summary>A turn that this worker has, as it was when it was claimed.</summary>
internal sealed record ClaimedTurn
{
    public Guid Id { get; init; }

    public Guid ConversationId { get; init; }

    public Guid UserMessageId { get; init; }

    public Guid AssistantMessageId { get; init; }

    /// <summary>The fence: every write names it, and none with an older one is taken.</summary>
    public int Attempt { get; init; }

    /// <summary>Attempts that ended badly before this one.</summary>
    public int Failures { get; init; }

    /// <summary>How the last of those ended.</summary>
    public string? LastError { get; init; }

    /// <summary>The newest event that is saved. Beyond 1 there is text already, of earlier attempts or of the answer that this one continues.</summary>
    public long EventSeq { get; init; }

    /// <summary>The event that told what was recalled; 0 when none did.</summary>
    public long RecallSeq { get; init; }

    /// <summary>Attempts whose worker went away.</summary>
    public int Losses { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>Whether an earlier attempt ended without a word, so that its newest events may not be in Postgres.</summary>
    public bool Abandoned { get; init; }

    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }

    /// <summary>Milliseconds from accepting the turn to this claim, by the database's clock.</summary>
    public double AgeMs { get; init; }

    /// <summary>Milliseconds from the first claim to this one, by the database's clock.</summary>
    public double StartedMs { get; init; }
}
