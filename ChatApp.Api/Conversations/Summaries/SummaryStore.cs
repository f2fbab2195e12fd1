using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Conversations.Summaries;

/// <summary>Summaries, each for the path from the first message of a conversation to one of its messages.</summary>
internal sealed class SummaryStore(NpgsqlDataSource database)
{
    /// <summary>Claims the conversation that has waited longest.</summary>
    public const string Claim = """
        UPDATE summaries_due d SET failures = failures + 1, run_after = now() + interval '5 minutes'
        WHERE conversation_id = (SELECT conversation_id FROM summaries_due WHERE run_after <= now() ORDER BY run_after LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING conversation_id AS id, through_message_id AS wish, failures,
                  extract(epoch FROM now() - requested_at)::double precision AS waited_seconds
        """;

    public const string Drop = "DELETE FROM summaries_due WHERE conversation_id = @Id AND through_message_id = @Wish";

    public const string Again = "UPDATE summaries_due SET failures = @failures, run_after = now() + @delay WHERE conversation_id = @Id";

    // Messages that one call looks at, at most; the characters bound what it reads.
    private const int MaxMessages = 400;

    // Enough for the branches that people go back to.
    private const int MaxKept = 20;

    /// <summary>The path to <c>@messageId</c>, and the deepest summary of its beginning.</summary>
    private const string Path = """
        path AS (
            SELECT id, parent_id FROM messages WHERE conversation_id = @conversationId AND id = @messageId
            UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN messages m ON m.conversation_id = @conversationId AND m.id = path.parent_id),
        deepest AS (
            SELECT s.through_message_id, s.through_depth, s.text FROM conversation_summaries s JOIN path ON path.id = s.through_message_id
            WHERE s.conversation_id = @conversationId ORDER BY s.through_depth DESC LIMIT 1)
        """;

    /// <summary>The summary that covers most of the path to a message; null when there is none.</summary>
    public Task<StoredSummary?> FindAsync(Guid conversationId, Guid messageId, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<StoredSummary>($"WITH RECURSIVE {Path} SELECT * FROM deepest", new { conversationId, messageId }, cancellationToken);

    /// <summary>What the next summary of the path is made of; null when there is no such conversation.</summary>
    public async Task<SummarySource?> LoadAsync(Guid conversationId, Guid messageId, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT ch.model, ch.name AS character_name, coalesce(s.stays_inside, false) AS stays_inside
            FROM conversations c
            JOIN characters ch ON ch.id = c.character_id
            LEFT JOIN memory_scopes s ON s.user_id = c.user_id AND s.character_id = c.character_id
            WHERE c.id = @conversationId;
            WITH RECURSIVE {Path} SELECT * FROM deepest;
            WITH RECURSIVE {Path}
            SELECT m.id, m.role, m.text, m.depth FROM path JOIN messages m ON m.conversation_id = @conversationId AND m.id = path.id
            WHERE m.depth > coalesce((SELECT through_depth FROM deepest), -1) AND m.status NOT IN ('pending', 'streaming')
            ORDER BY m.depth LIMIT @MaxMessages
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, new { conversationId, messageId, MaxMessages }, cancellationToken: cancellationToken));
        var source = await results.ReadFirstOrDefaultAsync<SummarySource>();
        var previous = await results.ReadFirstOrDefaultAsync<StoredSummary>();
        var messages = await results.ReadAsync<SummaryMessage>();
        return source is null ? null : source with { Previous = previous?.Text, Messages = messages.AsList() };
    }

    public Task AddAsync(Guid conversationId, SummaryMessage through, string text, string model, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO conversation_summaries (conversation_id, through_message_id, through_depth, text, model)
            SELECT conversation_id, id, depth, @text, @model FROM messages WHERE conversation_id = @conversationId AND id = @Id
            ON CONFLICT (conversation_id, through_message_id) DO UPDATE SET text = EXCLUDED.text, model = EXCLUDED.model, created_at = now();
            DELETE FROM conversation_summaries WHERE conversation_id = @conversationId AND through_message_id IN (
                SELECT through_message_id FROM conversation_summaries WHERE conversation_id = @conversationId
                ORDER BY created_at DESC, through_depth DESC OFFSET @MaxKept)
            """;
        return database.ExecuteAsync(sql, new { conversationId, through.Id, text, model, MaxKept }, cancellationToken);
    }
}
