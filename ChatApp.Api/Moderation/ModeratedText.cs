namespace ChatApp.Api.Moderation;

/// <summary>A text to judge.</summary>
/// <param name="Text">The text.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="UserId">On whose behalf: a detector that asks a model asks in this person's name.</param>
internal sealed record ModeratedText(string Text, ModerationSource Source, Guid UserId)
{
    /// <summary>What was said before it, where that is needed to judge an answer; null otherwise.</summary>
    public string? Before { get; init; }
}
