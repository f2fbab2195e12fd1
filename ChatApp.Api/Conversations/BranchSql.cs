namespace ChatApp.Api.Conversations;

/// <summary>Copies a path into a conversation of its own.</summary>
internal static class BranchSql
{
    // One statement reads one state of the tree, so nothing needs a lock; what a path holds is final, but for its last message.
    // Turns are copied too: they say how each answer ended. What they took is not, for it was spent only once.
    public const string Copy = """
        WITH RECURSIVE source AS (
            SELECT c.character_id, c.title, m.id AS message_id, m.depth + 1 AS messages, m.status NOT IN ('pending', 'streaming') AS is_final
            FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id AND m.id = @messageId
            WHERE c.id = @conversationId AND c.user_id = @userId),
        path AS (
            SELECT m.* FROM source JOIN messages m ON m.conversation_id = @conversationId AND m.id = source.message_id
            WHERE source.is_final AND source.messages <= @MaxMessages
            UNION ALL
            SELECT m.* FROM path JOIN messages m ON m.conversation_id = path.conversation_id AND m.id = path.parent_id),
        named AS MATERIALIZED (SELECT path.*, gen_random_uuid() AS new_id, gen_random_uuid() AS new_turn_id FROM path),
        -- What a person said belongs to the turn of the answer that follows.
        copied AS (
            SELECT named.*, lag(new_id) OVER by_depth AS new_parent_id,
                   CASE role WHEN 'user' THEN coalesce(lead(new_turn_id) OVER by_depth, new_turn_id) ELSE new_turn_id END AS turn
            FROM named WINDOW by_depth AS (ORDER BY depth)),
        conversation AS (
            INSERT INTO conversations (id, user_id, character_id, title, current_message_id)
            SELECT @id, @userId, source.character_id, source.title, named.new_id FROM source JOIN named ON named.id = source.message_id),
        messages_copied AS (
            INSERT INTO messages (id, conversation_id, parent_id, depth, turn_id, role, text, status, error_code, error_detail, created_at)
            SELECT new_id, @id, new_parent_id, depth, turn, role, text, status, error_code, error_detail, created_at FROM copied),
        turns_copied AS (
            INSERT INTO turns (id, conversation_id, user_id, user_message_id, assistant_message_id, status, event_seq, restart_seq,
                               finish_reason, error_code, error_detail, moderated, created_at, started_at, finished_at)
            SELECT copied.turn, @id, @userId, copied.new_parent_id, copied.new_id, t.status, t.event_seq, t.restart_seq,
                   t.finish_reason, t.error_code, t.error_detail, t.moderated, t.created_at, t.started_at, t.finished_at
            FROM copied JOIN turns t ON t.assistant_message_id = copied.id),
        -- What the person took out of the memory stays out of it.
        forgotten_copied AS (
            INSERT INTO forgotten_messages (message_id, conversation_id)
            SELECT new_id, @id FROM copied JOIN forgotten_messages f ON f.message_id = copied.id),
        commands_copied AS (
            INSERT INTO memory_commands (message_id, conversation_id, forgotten, note, run_at)
            SELECT new_id, @id, c.forgotten, c.note, c.run_at FROM copied JOIN memory_commands c ON c.message_id = copied.id)
        SELECT messages, is_final FROM source
        """;
}
