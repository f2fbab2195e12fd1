using ChatApp.Api.Turns;

namespace ChatApp.Api.Prompting;

/// <summary>What a prompt is made of.</summary>
/// <param name="Persona">The character.</param>
/// <param name="Path">The messages up to the one to answer, oldest first; the oldest may be left out when there are very many.</param>
internal sealed record PromptSource(PersonaPrompt Persona, IReadOnlyList<HistoryMessage> Path)
{
    /// <summary>What there is in place of the path's beginning, for whichever beginnings.</summary>
    public IReadOnlyList<ConversationSummary> Summaries { get; init; } = [];

    /// <summary>What an earlier attempt at the turn recalled; null when none got so far.</summary>
    public TurnRecall? Recall { get; init; }

    /// <summary>Messages of the conversation that are still memories, but on its path no more: edited, answered anew, on another branch.</summary>
    public IReadOnlySet<Guid> Replaced { get; init; } = new HashSet<Guid>();

    public HistoryMessage Newest => Path[^1];
}
