using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Moderation.Policies;

namespace ChatApp.Api.Moderation.Answers;

/// <summary>What a turn's texts are judged by, and what is to be kept of that.</summary>
/// <param name="Policy">What holds for the person with this character. It does not change while an attempt runs.</param>
/// <param name="UserId">The person.</param>
/// <param name="CharacterId">The character.</param>
/// <param name="Said">The message that is answered.</param>
internal sealed record TurnModeration(EffectivePolicy Policy, Guid UserId, Guid CharacterId, string Said)
{
    /// <summary>What somebody reads who may be about to harm themselves; null otherwise.</summary>
    public string? Notice { get; set; }

    /// <summary>What could not be kept at once, and is kept with the turn's end.</summary>
    public List<ModerationDecision> Unkept { get; } = [];
}
