namespace ChatApp.Api.Prompting;

/// <summary>Everything that a prompt is made of, rendered and final. <see cref="PromptLayout"/> makes the same messages of the same parts, always.</summary>
internal sealed record PromptParts
{
    /// <summary>The character and its examples: the same for every turn with it.</summary>
    public required IReadOnlyList<PromptMessage> Fixed { get; init; }

    /// <summary>The summary of what came before the history, with its fence; null for none.</summary>
    public string? Summary { get; init; }

    /// <summary>What was said, oldest first, as far as there is room; the last is the message to answer.</summary>
    public required IReadOnlyList<HistoryMessage> Said { get; init; }

    /// <summary>What was recalled, with its fences; empty for nothing.</summary>
    public string Blocks { get; init; } = "";

    /// <summary>Whether that stands in the first message, instead of before the text of the newest.</summary>
    public bool BlocksFirst { get; init; }

    /// <summary>What there is of the answer already, for an engine that goes on from it.</summary>
    public string Given { get; init; } = "";
}
