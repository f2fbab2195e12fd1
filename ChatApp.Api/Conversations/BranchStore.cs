using Dapper;
using Npgsql;

namespace ChatApp.Api.Conversations;

/// <summary>Chooses which branch of a conversation is shown, and makes conversations of branches.</summary>
internal sealed class BranchStore(NpgsqlDataSource database)
{
    /// <summary>Shows the branch through a message, down to its newest leaf.</summary>
    /// <returns>The conversation, and whether it has that message; null when there is no such conversation.</returns>
    public async Task<(Conversation Conversation, bool HasMessage)?> ShowAsync(
        Guid conversationId, Guid userId, Guid messageId, CancellationToken cancellationToken)
    {
        // The lock first, as when a turn is taken in, so that the leaf is not one that is just being continued.
        const string sql = $"""
            SELECT id FROM conversations WHERE id = @conversationId AND user_id = @userId FOR UPDATE;
            WITH RECURSIVE branch AS (
                SELECT m.id, m.continued_by, 1 AS step
                FROM conversations c
                JOIN messages m ON m.conversation_id = c.id AND m.id = @messageId
                WHERE c.id = @conversationId AND c.user_id = @userId
                UNION ALL
                SELECT below.id, below.continued_by, step + 1
                FROM branch
                CROSS JOIN LATERAL (
                    SELECT m.id, m.continued_by FROM messages m
                    WHERE m.conversation_id = @conversationId AND m.id = branch.continued_by
                    UNION ALL
                    (SELECT m.id, m.continued_by FROM messages m
                     WHERE m.conversation_id = @conversationId AND m.parent_id = branch.id AND m.continued_by IS NULL AND branch.continued_by IS NULL
                     ORDER BY m.created_at DESC, m.id DESC LIMIT 1)) below),
            leaf AS (SELECT id FROM branch ORDER BY step DESC LIMIT 1)
            UPDATE conversations c SET current_message_id = leaf.id FROM leaf WHERE c.id = @conversationId
            RETURNING c.id;
            {ConversationRow.Select} WHERE c.id = @conversationId AND c.user_id = @userId
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, new { conversationId, userId, messageId }, cancellationToken: cancellationToken));
        await results.ReadFirstOrDefaultAsync<Guid?>();
        var shown = await results.ReadFirstOrDefaultAsync<Guid?>();
        var row = await results.ReadFirstOrDefaultAsync<ConversationRow>();
        return row is null ? null : (row.ToConversation(), shown is not null);
    }

    /// <summary>Makes a conversation of the path to a message. It is complete in itself, whatever becomes of the old one.</summary>
    public async Task<Branching> BranchAsync(Guid conversationId, Guid userId, Guid messageId, CancellationToken cancellationToken)
    {
        var parameters = new { id = Guid.CreateVersion7(), conversationId, userId, messageId, Branching.MaxMessages };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition($"{BranchSql.Copy}; {ConversationRow.Select} WHERE c.id = @id", parameters, cancellationToken: cancellationToken));
        var source = await results.ReadFirstOrDefaultAsync<BranchSource>();
        var row = await results.ReadFirstOrDefaultAsync<ConversationRow>();
        return new Branching(source, row?.ToConversation());
    }
}
