using ChatApp.Api.Characters;
using ChatApp.Api.Turns;

namespace ChatApp.Api.Conversations;

/// <summary>A conversation with what is shown of its character, its running turn and its newest message, in one row.</summary>
internal sealed record ConversationRow
{
    /// <summary>To be followed by WHERE and ORDER BY over <c>c</c>.</summary>
    public const string Select = """
        SELECT c.id, c.title, c.created_at, c.updated_at,
               ch.id AS character_id, ch.slug, ch.name, ch.tagline, ch.greeting, ch.accent_color, ch.avatar, ch.starters,
               t.id AS turn_id, t.status AS turn_status, t.assistant_message_id,
               left(coalesce(nullif(m.text, ''), p.text), 200) AS last_message
        FROM conversations c
        JOIN characters ch ON ch.id = c.character_id
        LEFT JOIN turns t ON t.conversation_id = c.id AND t.status IN ('queued', 'running')
        LEFT JOIN messages m ON m.id = c.current_message_id
        LEFT JOIN messages p ON p.id = m.parent_id
        """;

    public Guid Id { get; init; }

    public string Title { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public Guid CharacterId { get; init; }

    public string Slug { get; init; } = "";

    public string Name { get; init; } = "";

    public string Tagline { get; init; } = "";

    public string Greeting { get; init; } = "";

    public string AccentColor { get; init; } = "";

    public string Avatar { get; init; } = "";

    public string[] Starters { get; init; } = [];

    public Guid? TurnId { get; init; }

    public TurnStatus TurnStatus { get; init; }

    public Guid AssistantMessageId { get; init; }

    public string? LastMessage { get; init; }

    public Conversation ToConversation() => new(
        Id,
        Title,
        new CharacterSummary(CharacterId, Slug, Name, Tagline, Greeting, AccentColor, Avatar, Starters),
        CreatedAt,
        UpdatedAt,
        TurnId is { } turn ? new ActiveTurn(turn, TurnStatus, AssistantMessageId, TurnRoutes.Events(turn)) : null,
        LastMessage);
}
