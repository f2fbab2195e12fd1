using ChatApp.Api.Conversations;

namespace ChatApp.Api.Prompting;

/// <summary>One message of the path that leads to the newest one.</summary>
internal sealed record HistoryMessage
{
    public Guid Id { get; init; }

    public MessageRole Role { get; init; }

    public string Text { get; init; } = "";

    /// <summary>How many messages come before it on its path.</summary>
    public int Depth { get; init; }
}
