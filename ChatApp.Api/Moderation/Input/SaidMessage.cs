using ChatApp.Api.Moderation.Policies;

namespace ChatApp.Api.Moderation.Input;

/// <summary>The message that a turn answers.</summary>
/// <param name="Text">What it says.</param>
/// <param name="UserId">Who says it.</param>
/// <param name="CharacterId">To which character.</param>
/// <param name="Policy">What holds for the two.</param>
/// <param name="IsNew">Whether it is this turn's own, and not judged yet.</param>
internal sealed record SaidMessage(string Text, Guid UserId, Guid CharacterId, EffectivePolicy Policy, bool IsNew);
