using ChatApp.Api.Conversations;

namespace ChatApp.Api.Turns;

/// <summary>Takes a turn of any kind in: first the verdict, then the writes, of which every one hangs on the verdict.</summary>
internal static class AcceptanceSql
{
    // Each statement sees what was committed before it began, so after the locks the last one sees every turn that an
    // earlier request of this person made. The user's lock guards the load limit, the conversation's row guards the tree.
    // The queue is counted without a lock: requests of several people at the same moment may pass its bound by their number.
    public const string Accept = $"""
        SELECT pg_advisory_xact_lock(hashtextextended(@userId::text, 0));
        SELECT id FROM conversations WHERE id = @conversationId AND user_id = @userId FOR UPDATE;
        WITH conversation AS (
            SELECT id, current_message_id FROM conversations WHERE id = @conversationId AND user_id = @userId),
        origin AS (
            SELECT m.parent_id, m.depth, m.role, m.text, m.continued_by, {Continuation.IsCutOff} AS cut_off
            FROM conversation c
            JOIN messages m ON m.conversation_id = c.id AND m.id = @originId
            LEFT JOIN turns t ON t.assistant_message_id = m.id),
        earlier AS (
            SELECT t.id, t.kind = @kind AND t.origin_message_id IS NOT DISTINCT FROM @originId AND (@text IS NULL OR m.text = @text OR EXISTS (SELECT FROM moderation_log l WHERE l.message_id = m.id)) AS same
            FROM conversation c
            JOIN turns t ON t.conversation_id = c.id AND t.idempotency_key = @idempotencyKey
            JOIN messages m ON m.id = t.user_message_id),
        decision AS (
            SELECT CASE
                WHEN NOT EXISTS (SELECT FROM conversation) THEN '{nameof(Verdict.NoConversation)}'
                WHEN (SELECT same FROM earlier) THEN '{nameof(Verdict.Repeated)}'
                WHEN EXISTS (SELECT FROM earlier) THEN '{nameof(Verdict.KeyReused)}'
                WHEN @originId IS NOT NULL AND NOT EXISTS (SELECT FROM origin) THEN '{nameof(Verdict.NoMessage)}'
                WHEN @kind = 'edit' AND (SELECT role FROM origin) <> 'user' THEN '{nameof(Verdict.NotSaidByUser)}'
                WHEN @kind IN ('regenerate', 'continue') AND (SELECT role FROM origin) <> 'assistant' THEN '{nameof(Verdict.NotAnAnswer)}'
                WHEN @kind IN ('regenerate', 'continue') AND (
                    SELECT said.status FROM origin JOIN messages said ON said.conversation_id = @conversationId AND said.id = origin.parent_id) = 'blocked'
                    THEN '{nameof(Verdict.Blocked)}'
                WHEN EXISTS (SELECT FROM turns WHERE conversation_id = @conversationId AND status IN ('queued', 'running')) THEN '{nameof(Verdict.Busy)}'
                WHEN @kind = 'continue' AND (SELECT continued_by FROM origin) IS NOT NULL THEN '{nameof(Verdict.ContinuedAlready)}'
                WHEN @kind = 'continue' AND (SELECT text FROM origin) = '' THEN '{nameof(Verdict.Empty)}'
                WHEN @kind = 'continue' AND NOT (SELECT cut_off FROM origin) THEN '{nameof(Verdict.Whole)}'
                WHEN @kind = 'continue' AND NOT @prefills THEN '{nameof(Verdict.CannotContinue)}'
                WHEN (SELECT count(*) FROM turns WHERE user_id = @userId AND status IN ('queued', 'running')) >= @maxActive THEN '{nameof(Verdict.TooMany)}'
                WHEN (SELECT count(*) FROM (SELECT FROM turns WHERE status = 'queued' LIMIT @maxQueued) AS waiting) >= @maxQueued THEN '{nameof(Verdict.QueueFull)}'
                ELSE '{nameof(Verdict.Accepted)}'
            END AS verdict),
        -- Where the first new message goes: the question, or the answer alone where nothing new is said.
        place AS (
            SELECT c.id AS conversation_id,
                   CASE @kind WHEN 'message' THEN leaf.id ELSE origin.parent_id END AS parent_id,
                   CASE @kind WHEN 'message' THEN coalesce(leaf.depth + 1, 0) ELSE origin.depth END AS depth,
                   CASE @kind WHEN 'continue' THEN origin.text ELSE '' END AS begun
            FROM conversation c
            JOIN decision ON decision.verdict = '{nameof(Verdict.Accepted)}'
            LEFT JOIN messages leaf ON leaf.id = c.current_message_id
            LEFT JOIN origin ON true),
        said AS (
            INSERT INTO messages (id, conversation_id, parent_id, depth, turn_id, role, text, status)
            SELECT @userMessageId, conversation_id, parent_id, depth, @turnId, 'user', @text, 'complete' FROM place WHERE @text IS NOT NULL),
        exchange AS (
            SELECT conversation_id, begun,
                   CASE WHEN @text IS NULL THEN parent_id ELSE @userMessageId END AS user_message_id,
                   CASE WHEN @text IS NULL THEN depth ELSE depth + 1 END AS depth
            FROM place),
        answer AS (
            INSERT INTO messages (id, conversation_id, parent_id, depth, turn_id, role, text, status)
            SELECT @assistantMessageId, conversation_id, user_message_id, depth, @turnId, 'assistant', begun, 'pending' FROM exchange),
        -- A text that is there from the start is the turn's second event.
        turn AS (
            INSERT INTO turns (id, conversation_id, user_id, kind, origin_message_id, user_message_id, assistant_message_id,
                               event_seq, idempotency_key, trace_parent, trace_state)
            SELECT @turnId, conversation_id, @userId, @kind, @originId, user_message_id, @assistantMessageId,
                   CASE begun WHEN '' THEN 1 ELSE 2 END, @idempotencyKey, @traceParent, @traceState
            FROM exchange
            RETURNING user_message_id, created_at),
        charged AS (
            INSERT INTO token_charges (turn_id, user_id, key_id, role, day, input_estimate, output_estimate)
            SELECT @turnId, @userId, @chargeKey, @chargeRole, @chargeDay::date, @inputEstimate, @outputEstimate
            FROM exchange WHERE @chargeDay::date IS NOT NULL),
        -- An answer that something follows keeps its own place: only through it can people get at what follows.
        replaced AS (
            UPDATE messages m SET continued_by = @assistantMessageId
            FROM place
            WHERE @kind = 'continue' AND m.conversation_id = place.conversation_id AND m.id = @originId
              AND NOT EXISTS (SELECT FROM messages reply WHERE reply.conversation_id = m.conversation_id AND reply.parent_id = m.id)),
        shown AS (
            UPDATE conversations c
            SET current_message_id = @assistantMessageId,
                updated_at = now(),
                title = CASE WHEN title = '' AND @kind = 'message' AND place.parent_id IS NULL THEN @title ELSE title END
            FROM place WHERE c.id = place.conversation_id)
        SELECT verdict, (SELECT id FROM earlier) AS earlier_turn, turn.user_message_id, turn.created_at
        FROM decision LEFT JOIN turn ON true
        """;

    /// <summary>The model of the conversation's character, which decides whether an answer can be continued at all.</summary>
    public const string Model = """
        SELECT ch.model FROM conversations c JOIN characters ch ON ch.id = c.character_id
        WHERE c.id = @conversationId AND c.user_id = @userId
        """;
}
