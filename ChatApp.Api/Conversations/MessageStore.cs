using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Npgsql;

namespace ChatApp.Api.Conversations;

internal sealed class MessageStore(NpgsqlDataSource database)
{
    /// <summary>
    /// The active path from the leaf towards the root, a page at a time. A cursor names the message to go on from, so that
    /// older pages stay on the branch that the newer ones showed, whatever the leaf is by now.
    /// </summary>
    /// <returns>Null when there is no such conversation.</returns>
    public async Task<MessagePage?> ListAsync(Guid conversationId, Guid userId, Cursor? before, int limit, CancellationToken cancellationToken)
    {
        const string sql = """
            WITH RECURSIVE path AS (
                SELECT m.*, 1 AS step
                FROM conversations c
                JOIN messages m ON m.conversation_id = c.id AND m.id = coalesce(@from, c.current_message_id)
                WHERE c.id = @conversationId AND c.user_id = @userId
                UNION ALL
                SELECT m.*, path.step + 1
                FROM path
                JOIN messages m ON m.conversation_id = path.conversation_id AND m.id = path.parent_id
                WHERE path.step <= @limit)
            SELECT path.id, parent_id, turn_id, role, text, path.status, error_code, error_detail, path.created_at
            FROM conversations c LEFT JOIN path ON true
            WHERE c.id = @conversationId AND c.user_id = @userId
            ORDER BY step
            """;
        var rows = await database.ListAsync<Row>(sql, new { conversationId, userId, from = before?.Id, limit }, cancellationToken);
        if (rows is [])
        {
            return null;
        }

        // The outer join keeps one empty row for a conversation without messages, which tells it from none at all.
        rows.RemoveAll(static r => r.Id is null);
        var previous = rows.Count > limit ? new Cursor(CursorList.Messages, 0, rows[limit].Id!.Value).Encode() : null;
        var page = rows.Take(limit).Select(static r => r.ToMessage()).Reverse();
        return new MessagePage([.. page], previous);
    }

    private sealed record Row
    {
        public Guid? Id { get; init; }

        public Guid? ParentId { get; init; }

        public Guid TurnId { get; init; }

        public MessageRole Role { get; init; }

        public string Text { get; init; } = "";

        public MessageStatus Status { get; init; }

        public string? ErrorCode { get; init; }

        public string? ErrorDetail { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public Message ToMessage() => new(
            Id!.Value,
            ParentId,
            TurnId,
            Role,
            Text,
            Status,
            ErrorCode is null ? null : new TurnError(ErrorCode, ErrorDetail ?? ""),
            CreatedAt);
    }
}
