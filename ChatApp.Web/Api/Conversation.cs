namespace ChatApp.Web.Api;

/// <summary>One user with one character.</summary>
/// <param name="Id">The conversation's id.</param>
/// <param name="Title">Up to 120 characters; empty until something was said or a title was given.</param>
/// <param name="Character">Who one talks with.</param>
/// <param name="CreatedAt">When it was started.</param>
/// <param name="UpdatedAt">When something was last said.</param>
/// <param name="ActiveTurn">The turn that is being answered now, or null.</param>
/// <param name="LastMessage">The beginning of the newest message, or null.</param>
public sealed record Conversation(
    Guid Id,
    string Title,
    Character Character,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    ActiveTurn? ActiveTurn,
    string? LastMessage)
{
    /// <summary>The title, or what to call a conversation that has none yet.</summary>
    public string Heading => string.IsNullOrWhiteSpace(Title) ? "New conversation" : Title;
}

/// <summary>A turn that still runs: <paramref name="EventsUrl"/> streams its events.</summary>
public sealed record ActiveTurn(Guid Id, string Status, Guid AssistantMessageId, string EventsUrl);

/// <summary>The body that starts a conversation.</summary>
internal sealed record StartConversation(Guid CharacterId);

/// <summary>The body that renames a conversation.</summary>
internal sealed record RenameConversation(string Title);
