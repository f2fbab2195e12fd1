using ChatApp.Api.Models;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Prompting;

/// <summary>A prompt, ready to be sent.</summary>
/// <param name="Model">The model that it is for.</param>
/// <param name="Messages">What the model reads, in order.</param>
/// <param name="Options">How it writes.</param>
internal sealed record Prompt(ModelProfile Model, IReadOnlyList<ChatMessage> Messages, ChatOptions Options);
