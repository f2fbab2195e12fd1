using ChatApp.Api.Database;
using ChatApp.Api.Models;
using ChatApp.Api.Paging;
using Npgsql;

namespace ChatApp.Api.Conversations;

internal sealed class MessageStore(NpgsqlDataSource database, ModelCatalog models)
{
    /// <summary>
    /// The active path from the leaf towards the root, a page at a time. A cursor names the message to go on from, so that
    /// older pages stay on the branch that the newer ones showed, whatever the leaf is by now.
    /// </summary>
    /// <returns>Null when there is no such conversation.</returns>
    public async Task<MessagePage?> ListAsync(Guid conversationId, Guid userId, Cursor? before, int limit, CancellationToken cancellationToken)
    {
        // Siblings are looked up by parent, for the messages of this page alone. A root's parent is null, which no join
        // finds, so roots have a look-up of their own. A continued answer counts nowhere but in a page that shows it.
        const string sql = $"""
            WITH RECURSIVE path AS (
                SELECT m.*, 1 AS step
                FROM conversations c
                JOIN messages m ON m.conversation_id = c.id AND m.id = coalesce(@from, c.current_message_id)
                WHERE c.id = @conversationId AND c.user_id = @userId
                UNION ALL
                SELECT m.*, path.step + 1
                FROM path
                JOIN messages m ON m.conversation_id = path.conversation_id AND m.id = path.parent_id
                WHERE path.step <= @limit),
            siblings AS (
                SELECT path.id AS path_id, s.id,
                       row_number() OVER by_age AS sibling_index,
                       count(*) OVER (PARTITION BY path.id) AS sibling_count,
                       lag(s.id) OVER by_age AS previous_sibling_id,
                       lead(s.id) OVER by_age AS next_sibling_id
                FROM path
                CROSS JOIN LATERAL (
                    SELECT id, role, continued_by, created_at FROM messages
                    WHERE conversation_id = path.conversation_id AND parent_id = path.parent_id
                    UNION ALL
                    SELECT id, role, continued_by, created_at FROM messages
                    WHERE conversation_id = path.conversation_id AND parent_id IS NULL AND path.parent_id IS NULL) s
                WHERE s.role = path.role AND (s.continued_by IS NULL OR s.id = path.id)
                WINDOW by_age AS (PARTITION BY path.id ORDER BY s.created_at, s.id))
            SELECT m.id, m.parent_id, m.turn_id, m.role, m.status,
                   CASE WHEN m.status <> 'blocked' THEN m.text ELSE coalesce((
                       SELECT l.original FROM moderation_log l WHERE l.message_id = m.id AND l.source = 'message' AND l.action = 'block' LIMIT 1), '') END AS text,
                   m.error_code, m.error_detail, m.created_at,
                   s.sibling_index, s.sibling_count, s.previous_sibling_id, s.next_sibling_id,
                   coalesce(jsonb_array_length(t.recall -> 'memories'), 0) AS recalled_memories,
                   coalesce(jsonb_array_length(t.recall -> 'snippets'), 0) AS recalled_snippets,
                   coalesce((t.recall ->> 'pinned')::boolean OR t.recall -> 'forgotten' <> '[]' OR t.recall ->> 'note' IS NOT NULL, false) AS changed_memory,
                   t.recall ->> 'notice' AS notice,
                   m.continued_by IS NULL AND t.id IS NOT NULL AND {Continuation.IsCutOff} AS cut_off, ch.model
            FROM conversations c
            JOIN characters ch ON ch.id = c.character_id
            LEFT JOIN path m ON true
            LEFT JOIN siblings s ON s.path_id = m.id AND s.id = m.id
            LEFT JOIN turns t ON t.assistant_message_id = m.id
            WHERE c.id = @conversationId AND c.user_id = @userId
            ORDER BY m.step
            """;
        var rows = await database.ListAsync<MessageRow>(sql, new { conversationId, userId, from = before?.Id, limit }, cancellationToken);
        if (rows is [])
        {
            return null;
        }

        // The outer join keeps one empty row for a conversation without messages, which tells it from none at all.
        rows.RemoveAll(static r => r.Id is null);
        var previous = rows.Count > limit ? new Cursor(CursorList.Messages, 0, rows[limit].Id!.Value).Encode() : null;
        var page = rows.Take(limit).Select(r => r.ToMessage(models)).Reverse();
        return new MessagePage([.. page], previous);
    }
}
