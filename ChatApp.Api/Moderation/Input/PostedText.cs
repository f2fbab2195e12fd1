using ChatApp.Api.Moderation.Log;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Moderation.Input;

/// <summary>What becomes of a message that somebody posts.</summary>
/// <param name="Text">What is taken, with what is to be covered covered.</param>
/// <param name="Refusal">Why nothing is; null otherwise.</param>
/// <param name="Decision">What is to be kept once it is taken; null for nothing.</param>
internal sealed record PostedText(string Text, ProblemHttpResult? Refusal = null, ModerationDecision? Decision = null);
