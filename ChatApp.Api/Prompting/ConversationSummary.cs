namespace ChatApp.Api.Prompting;

/// <summary>The beginning of a conversation in a few sentences.</summary>
internal sealed record ConversationSummary
{
    /// <summary>The newest message that it covers.</summary>
    public Guid ThroughMessageId { get; init; }

    public string Text { get; init; } = "";
}
