using Dapper;
using Npgsql;

namespace ChatApp.Api.Prompting;

internal sealed class PromptStore(NpgsqlDataSource database)
{
    // No model that people run reads more than this of a conversation.
    private const int MaxMessages = 1000;
    private const int MaxCharacters = 1_000_000;

    /// <summary>Reads the character and the path up to the message to answer, in one round trip.</summary>
    public async Task<PromptSource> LoadAsync(Guid conversationId, Guid userMessageId, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT ch.system_prompt, ch.description, ch.style, ch.greeting, ch.examples::text AS examples,
                   ch.model, ch.temperature, ch.top_p, ch.max_output_tokens
            FROM conversations c JOIN characters ch ON ch.id = c.character_id
            WHERE c.id = @conversationId;
            WITH RECURSIVE path AS (
                SELECT id, parent_id, conversation_id, role, text, depth, 1 AS step, length(text) AS characters
                FROM messages WHERE conversation_id = @conversationId AND id = @userMessageId
                UNION ALL
                SELECT m.id, m.parent_id, m.conversation_id, m.role, m.text, m.depth, step + 1, characters + length(m.text)
                FROM path JOIN messages m ON m.conversation_id = path.conversation_id AND m.id = path.parent_id
                WHERE step < @MaxMessages AND characters < @MaxCharacters)
            SELECT role, text, depth FROM path ORDER BY depth
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            sql, new { conversationId, userMessageId, MaxMessages, MaxCharacters }, cancellationToken: cancellationToken));
        var persona = await results.ReadSingleAsync<PersonaPrompt>();
        var path = await results.ReadAsync<HistoryMessage>();
        return new PromptSource(persona, path.AsList());
    }
}
