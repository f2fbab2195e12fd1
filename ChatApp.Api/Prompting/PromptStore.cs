using System.Text.Json;
using ChatApp.Api.Database;
using ChatApp.Api.Turns.Events;
using ChatApp.Api.Turns.Running;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Prompting;

/// <summary>Reads what a prompt is made of.</summary>
internal sealed class PromptStore(NpgsqlDataSource database)
{
    // No model that people run reads more than this of a conversation.
    private const int MaxMessages = 1000;
    private const int MaxCharacters = 1_000_000;

    // A conversation with very many branches has summaries of many of them.
    private const int MaxSummaries = 50;
    private const int MaxReplaced = 2000;

    /// <summary>Reads the character and the path up to the message to answer, in one round trip.</summary>
    public async Task<PromptSource> LoadAsync(ClaimedTurn turn, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT c.user_id, u.name AS user_name, u.reads_tone, ch.id AS character_id, ch.name AS character_name,
                   ch.system_prompt, ch.description, ch.style, ch.greeting, ch.examples::text AS examples,
                   ch.model, ch.temperature, ch.top_p, ch.max_output_tokens,
                   COALESCE((SELECT s.stays_inside FROM memory_scopes s WHERE s.user_id = c.user_id AND s.character_id = c.character_id), false) AS stays_inside
            FROM conversations c JOIN characters ch ON ch.id = c.character_id JOIN users u ON u.id = c.user_id
            WHERE c.id = @ConversationId;
            SELECT recall::text FROM turns WHERE id = @Id;
            SELECT through_message_id, text FROM conversation_summaries WHERE conversation_id = @ConversationId
            ORDER BY through_depth DESC LIMIT @MaxSummaries;
            WITH RECURSIVE path AS (
                SELECT id, parent_id, conversation_id, role, text, depth, 1 AS step, length(text) AS characters
                FROM messages WHERE conversation_id = @ConversationId AND id = @UserMessageId
                UNION ALL
                SELECT m.id, m.parent_id, m.conversation_id, m.role, m.text, m.depth, step + 1, characters + length(m.text)
                FROM path JOIN messages m ON m.conversation_id = path.conversation_id AND m.id = path.parent_id
                WHERE step < @MaxMessages AND characters < @MaxCharacters)
            SELECT id, role, text, depth FROM path
            UNION ALL
            -- What is not on the path any more is a memory until the turn has ended; only what is pinned stays one.
            (SELECT message_id, NULL, NULL, -1 FROM memories
             WHERE conversation_id = @ConversationId AND kind = 'message' AND NOT pinned
               AND position >= (SELECT min(depth) FROM path) AND message_id NOT IN (SELECT id FROM path)
             ORDER BY position DESC LIMIT @MaxReplaced)
            ORDER BY depth
            """;
        var parameters = new { turn.Id, turn.ConversationId, turn.UserMessageId, MaxMessages, MaxCharacters, MaxSummaries, MaxReplaced };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        var persona = await results.ReadSingleAsync<PersonaPrompt>();
        var recall = await results.ReadFirstOrDefaultAsync<string?>();
        var summaries = await results.ReadAsync<ConversationSummary>();
        var messages = (await results.ReadAsync<HistoryMessage>()).AsList();
        return new PromptSource(persona, [.. messages.Where(static m => m.Depth >= 0)])
        {
            Replaced = messages.Where(static m => m.Depth < 0).Select(static m => m.Id).ToHashSet(),
            Summaries = summaries.AsList(),
            Recall = recall is null ? null : JsonSerializer.Deserialize(recall, TurnEventJson.Compact.TurnRecall),
        };
    }

    /// <summary>Has the path up to a message summarised in the background. A newer wish replaces an older one.</summary>
    public Task WishSummaryAsync(Guid conversationId, Guid throughMessageId, CancellationToken cancellationToken) => database.ExecuteAsync(
        """
        INSERT INTO summaries_due (conversation_id, through_message_id) VALUES (@conversationId, @throughMessageId)
        ON CONFLICT (conversation_id) DO UPDATE SET through_message_id = EXCLUDED.through_message_id, requested_at = now()
        WHERE summaries_due.through_message_id <> EXCLUDED.through_message_id
        """,
        new { conversationId, throughMessageId },
        cancellationToken);
}
