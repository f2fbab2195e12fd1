using ChatApp.Api.Models;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Prompting;

/// <summary>What stands of a prompt before anything is recalled for it.</summary>
internal sealed record PromptPlan
{
    public required PromptSource Source { get; init; }

    public required ModelProfile Model { get; init; }

    public required ChatOptions Options { get; init; }

    public required PromptBudget Budget { get; init; }

    /// <summary>The character and its examples.</summary>
    public required IReadOnlyList<PromptMessage> Fixed { get; init; }

    /// <summary>The end of the path that there is room for.</summary>
    public required IReadOnlyList<HistoryMessage> Window { get; init; }

    /// <summary>What stands for the path before it; null for nothing.</summary>
    public ConversationSummary? Summary { get; init; }

    /// <summary>The newest message that is neither shown nor summarised; null when there is none.</summary>
    public Guid? SummaryDueThrough { get; init; }
}
