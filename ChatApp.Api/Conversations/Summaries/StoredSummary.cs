namespace ChatApp.Api.Conversations.Summaries;

/// <summary>The beginning of a conversation in a few sentences.</summary>
internal sealed record StoredSummary
{
    /// <summary>The newest message that it covers.</summary>
    public Guid ThroughMessageId { get; init; }

    public int ThroughDepth { get; init; }

    public string Text { get; init; } = "";
}
