namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>A rule: what has to stand there, and what that means.</summary>
/// <param name="Name">Its name for moderators: <c>en/violence/threat</c>.</param>
/// <param name="Language">The language that the text has to be in; null for any.</param>
/// <param name="Category">What it is about; null where that is no policy's business.</param>
/// <param name="Level">How much of it.</param>
/// <param name="IsStrict">Whether no context makes it less.</param>
/// <param name="Parts">What has to stand there, in order.</param>
internal sealed record Rule(string Name, string? Language, ModerationCategory? Category, ModerationLevel Level, bool IsStrict, IReadOnlyList<RulePart> Parts);
