using ChatApp.Api.Moderation.Log;

namespace ChatApp.Api.Moderation.Answers;

/// <summary>That a turn ends because of what was said or answered in it.</summary>
/// <param name="Source">Which of the two: a message or an answer.</param>
/// <param name="Category">What it is about; null where nobody could tell.</param>
/// <param name="Notice">What the person is told.</param>
/// <param name="Decision">What is kept of it.</param>
internal sealed record TurnBlock(ModerationSource Source, ModerationCategory? Category, string Notice, ModerationDecision Decision);
