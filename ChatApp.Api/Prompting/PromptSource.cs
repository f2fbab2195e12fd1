namespace ChatApp.Api.Prompting;

/// <summary>What a prompt is made of.</summary>
/// <param name="Persona">The character.</param>
/// <param name="Path">The messages up to the one to answer, oldest first; the oldest may be left out when there are very many.</param>
internal sealed record PromptSource(PersonaPrompt Persona, IReadOnlyList<HistoryMessage> Path);
