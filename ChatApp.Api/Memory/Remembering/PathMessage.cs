using ChatApp.Api.Conversations;

namespace ChatApp.Api.Memory.Remembering;

/// <summary>A message of a conversation's active path that is not remembered yet.</summary>
internal sealed record PathMessage
{
    public Guid Id { get; init; }

    public MessageRole Role { get; init; }

    public string Text { get; init; } = "";
}
