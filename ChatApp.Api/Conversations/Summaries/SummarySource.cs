namespace ChatApp.Api.Conversations.Summaries;

/// <summary>What a summary is made of.</summary>
internal sealed record SummarySource
{
    public string? Model { get; init; }

    public string CharacterName { get; init; } = "";

    public bool StaysInside { get; init; }

    /// <summary>What earlier messages of the path were summarised to.</summary>
    public string? Previous { get; init; }

    /// <summary>The messages since, oldest first; not all of them where they are very many.</summary>
    public IReadOnlyList<SummaryMessage> Messages { get; init; } = [];
}

/// <summary>A message that is to be summarised.</summary>
internal sealed record SummaryMessage
{
    public Guid Id { get; init; }

    public MessageRole Role { get; init; }

    public string Text { get; init; } = "";

    public int Depth { get; init; }
}
