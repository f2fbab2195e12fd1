using ChatApp.Api.Models;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Prompting;

/// <summary>A prompt, ready to be sent.</summary>
/// <param name="Model">The model that it is for.</param>
/// <param name="Parts">What it was made of.</param>
/// <param name="Options">How the model writes.</param>
internal sealed record Prompt(ModelProfile Model, PromptParts Parts, ChatOptions Options)
{
    /// <summary>What the model reads, in order.</summary>
    public IReadOnlyList<PromptMessage> Messages => PromptLayout.Lay(Parts);
}
