using Microsoft.Extensions.AI;

namespace ChatApp.Api.Prompting;

/// <summary>One message that a model reads.</summary>
/// <param name="Role">Whose it is, as models are told.</param>
/// <param name="Part">What it is there for.</param>
/// <param name="Text">Its text.</param>
internal sealed record PromptMessage(ChatRole Role, PromptPart Part, string Text)
{
    public ChatMessage ToChatMessage() => new(Role, Text);
}
