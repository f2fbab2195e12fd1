using ChatApp.Api.Conversations;

namespace ChatApp.Api.Turns;

/// <summary>A turn as Postgres knows it, with the text of its answer as it was last saved.</summary>
internal sealed record TurnRow
{
    /// <summary>To be followed by WHERE over <c>t</c>.</summary>
    public const string Select = """
        SELECT t.id, t.conversation_id, t.kind, t.status, t.user_message_id, t.assistant_message_id, t.attempt, t.created_at,
               t.event_seq, t.restart_seq, t.recall_seq, t.recall_offset,
               CASE WHEN t.recall_seq > 0 THEN t.recall::text END AS recall, t.finish_reason, t.error_code, t.error_detail,
               t.input_tokens, t.output_tokens, t.time_to_first_token_ms, t.tokens_per_second, t.moderated,
               -- What a moderator gave back is a message again, but no event ever told it.
               CASE WHEN t.moderated IS NULL THEN m.text ELSE '' END AS text
        FROM turns t JOIN messages m ON m.id = t.assistant_message_id
        """;

    public Guid Id { get; init; }

    public Guid ConversationId { get; init; }

    public TurnKind Kind { get; init; }

    public TurnStatus Status { get; init; }

    public Guid UserMessageId { get; init; }

    public Guid AssistantMessageId { get; init; }

    public int Attempt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public long EventSeq { get; init; }

    public long RestartSeq { get; init; }

    /// <summary>The event that told what was recalled; 0 when none did.</summary>
    public long RecallSeq { get; init; }

    /// <summary>How long the answer was at that event.</summary>
    public int RecallOffset { get; init; }

    /// <summary>What was recalled: a <see cref="TurnRecall"/> as JSON; null when no event told it.</summary>
    public string? Recall { get; init; }

    public string? FinishReason { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorDetail { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public double? TimeToFirstTokenMs { get; init; }

    public double? TokensPerSecond { get; init; }

    /// <summary>The data of the event that took the text away, whose number is <see cref="RestartSeq"/>; null where none did.</summary>
    public string? Moderated { get; init; }

    public string Text { get; init; } = "";

    public bool HasEnded => Status is TurnStatus.Completed or TurnStatus.Failed or TurnStatus.Cancelled;

    public TurnError? Error => ErrorCode is null ? null : new TurnError(ErrorCode, ErrorDetail ?? "");

    public TurnUsage? Usage => InputTokens is null && OutputTokens is null && TimeToFirstTokenMs is null
        ? null
        : new TurnUsage(InputTokens, OutputTokens, TimeToFirstTokenMs, TokensPerSecond);

    public Turn ToTurn() => new(
        Id, ConversationId, Kind, Status, UserMessageId, AssistantMessageId, TurnRoutes.Events(Id), CreatedAt, Error, Usage);
}
