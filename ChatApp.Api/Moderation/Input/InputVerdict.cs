using ChatApp.Api.Moderation.Answers;

namespace ChatApp.Api.Moderation.Input;

/// <summary>What becomes of a turn because of what was said.</summary>
/// <param name="Block">Why the turn ends; null when it goes on.</param>
/// <param name="Notice">What the person is to read before the answer; null for most.</param>
/// <param name="IsUnknown">Whether a detector was away without which nothing passes.</param>
internal sealed record InputVerdict(TurnBlock? Block = null, string? Notice = null, bool IsUnknown = false);
