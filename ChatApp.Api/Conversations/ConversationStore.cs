using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Conversations;

/// <summary>Every method takes the owner: another person's conversation is as good as none.</summary>
internal sealed class ConversationStore(NpgsqlDataSource database)
{
    /// <returns>Null when there is no such character.</returns>
    public async Task<Conversation?> CreateAsync(Guid userId, Guid characterId, CancellationToken cancellationToken)
    {
        const string sql = $"""
            INSERT INTO conversations (id, user_id, character_id)
            SELECT @id, @userId, ch.id FROM characters ch WHERE ch.id = @characterId;
            {ConversationRow.Select} WHERE c.id = @id
            """;
        var row = await database.FirstOrDefaultAsync<ConversationRow>(sql, new { id = Guid.CreateVersion7(), userId, characterId }, cancellationToken);
        return row?.ToConversation();
    }

    public async Task<Conversation?> FindAsync(Guid id, Guid userId, CancellationToken cancellationToken)
    {
        const string sql = $"{ConversationRow.Select} WHERE c.id = @id AND c.user_id = @userId";
        return (await database.FirstOrDefaultAsync<ConversationRow>(sql, new { id, userId }, cancellationToken))?.ToConversation();
    }

    public async Task<Page<Conversation>> ListAsync(Guid userId, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {ConversationRow.Select}
            WHERE c.user_id = @userId AND (c.updated_at, c.id) < (@time, @id)
            ORDER BY c.updated_at DESC, c.id DESC
            LIMIT @limit + 1
            """;
        var parameters = new { userId, id = after?.Id ?? Guid.AllBitsSet, time = after?.Time ?? DateTimeOffset.MaxValue, limit };
        var rows = await database.ListAsync<ConversationRow>(sql, parameters, cancellationToken);
        var next = rows.Count > limit ? Cursor.At(CursorList.Conversations, rows[limit - 1].UpdatedAt, rows[limit - 1].Id).Encode() : null;
        return new Page<Conversation>([.. rows.Take(limit).Select(static r => r.ToConversation())], next);
    }

    public async Task<Conversation?> RenameAsync(Guid id, Guid userId, string title, CancellationToken cancellationToken)
    {
        const string sql = $"""
            UPDATE conversations SET title = @title WHERE id = @id AND user_id = @userId;
            {ConversationRow.Select} WHERE c.id = @id AND c.user_id = @userId
            """;
        return (await database.FirstOrDefaultAsync<ConversationRow>(sql, new { id, userId, title }, cancellationToken))?.ToConversation();
    }

    /// <summary>Deletes the conversation with its messages, turns and memories. What the person pinned stays a memory.</summary>
    /// <returns>The turns that were still queued or running; null when there is no such conversation.</returns>
    public async Task<IReadOnlyList<Guid>?> DeleteAsync(Guid id, Guid userId, CancellationToken cancellationToken)
    {
        // The memory's scope is locked before anything else, as by everyone who changes memories.
        // Turns go first and by name: a worker that saves locks its turn before its message, and so does this.
        const string sql = """
            UPDATE memory_scopes s SET version = s.version + 1 FROM conversations c
            WHERE c.id = @id AND c.user_id = @userId AND s.user_id = c.user_id AND s.character_id = c.character_id;
            UPDATE memories m SET conversation_id = NULL, version = s.version, updated_at = now()
            FROM conversations c JOIN memory_scopes s ON s.user_id = c.user_id AND s.character_id = c.character_id
            WHERE c.id = @id AND c.user_id = @userId AND m.conversation_id = c.id AND m.pinned
              AND m.user_id = c.user_id AND m.character_id = c.character_id;
            SELECT id FROM conversations WHERE id = @id AND user_id = @userId FOR UPDATE;
            WITH mine AS (SELECT id FROM conversations WHERE id = @id AND user_id = @userId)
            DELETE FROM turns USING mine WHERE turns.conversation_id = mine.id
            RETURNING CASE WHEN turns.status IN ('queued', 'running') THEN turns.id END;
            DELETE FROM conversations WHERE id = @id AND user_id = @userId;
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, new { id, userId }, cancellationToken: cancellationToken));
        if (await results.ReadFirstOrDefaultAsync<Guid?>() is null)
        {
            return null;
        }

        var turns = await results.ReadAsync<Guid?>();
        return [.. turns.OfType<Guid>()];
    }
}
