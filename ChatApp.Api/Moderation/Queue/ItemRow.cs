namespace ChatApp.Api.Moderation.Queue;

/// <summary>A row of <c>moderation_log</c>, with the names that it needs.</summary>
internal sealed record ItemRow
{
    /// <summary>To be followed by WHERE over <c>l</c>.</summary>
    public const string Select = """
        SELECT l.id, l.at, l.user_id, u.name AS user_name, l.source, l.category, l.level, l.action, l.detector, l.rule, l.policy_scope, l.policy_version,
               l.excerpt, l.character_id, l.conversation_id, l.message_id, l.turn_id, l.status, l.appeal, l.appealed_at,
               l.decided_at, m.name AS decided_by, l.reason
        FROM moderation_log l LEFT JOIN users u ON u.id = l.user_id LEFT JOIN users m ON m.id = l.decided_by
        """;

    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid? UserId { get; init; }

    public string? UserName { get; init; }

    public ModerationSource Source { get; init; }

    public ModerationCategory? Category { get; init; }

    public ModerationLevel Level { get; init; }

    public ModerationAction Action { get; init; }

    public string Detector { get; init; } = "";

    public string Rule { get; init; } = "";

    public string PolicyScope { get; init; } = "";

    public int PolicyVersion { get; init; }

    public string Excerpt { get; init; } = "";

    public Guid? CharacterId { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? TurnId { get; init; }

    public ModerationStatus Status { get; init; }

    public string? Appeal { get; init; }

    public DateTimeOffset? AppealedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public ModerationItem ToItem() => new(
        Id,
        At,
        Source,
        Category,
        Level,
        Action,
        Detector,
        Rule,
        Excerpt,
        UserId is { } user ? new ModeratedPerson(user, UserName ?? "") : null,
        CharacterId,
        ConversationId,
        MessageId,
        TurnId,
        Status,
        ToAppeal(),
        DecidedAt is { } decided ? new ItemDecision(DecidedBy, decided, Reason) : null,
        PolicyScope,
        PolicyVersion);

    // What a model wrote and was stopped for is not shown by the way of the list of what was stopped.
    public OwnModeration ToOwn() => new(Id, At, Source, Category, Action, Source == ModerationSource.Answer ? "" : Excerpt, Status, ToAppeal());

    private ModerationAppeal? ToAppeal() => Appeal is { } text ? new ModerationAppeal(text, AppealedAt ?? At) : null;
}
