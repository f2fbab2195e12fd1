namespace ChatApp.Api.Moderation;

/// <summary>A text to judge.</summary>
/// <param name="Text">The text.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="UserId">On whose behalf: a detector that asks a model asks in this person's name. Empty for somebody without an account.</param>
internal sealed record ModeratedText(string Text, ModerationSource Source, Guid UserId)
{
    /// <summary>What was said before it, where that is needed to judge an answer; null otherwise.</summary>
    public string? Before { get; init; }

    /// <summary>Where it was said; null where that is no conversation.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Whether it may hold what the person keeps from providers outside.</summary>
    public bool StaysInside { get; init; }

    /// <summary>The turn that it belongs to; null before there is one.</summary>
    public Guid? TurnId { get; init; }
}
