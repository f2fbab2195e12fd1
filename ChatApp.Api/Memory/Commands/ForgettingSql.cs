namespace ChatApp.Api.Memory.Commands;

/// <summary>Forgets what a message names, everywhere in its scope, once.</summary>
internal static class ForgettingSql
{
    public const string Done = $"{ScopeSql.Lock}; SELECT forgotten, note FROM memory_commands WHERE message_id = @messageId";

    // Every telling term of what is named, in any order. Without any it would be everything, so then it is nothing.
    public const string Matching = """
        WITH asked AS (SELECT plainto_tsquery(@Language::regconfig, n.prepared) AS query FROM unnest(@prepared) AS n (prepared))
        SELECT m.id, m.text FROM memories m
        WHERE m.user_id = @UserId AND m.character_id = @CharacterId
          AND EXISTS (SELECT FROM asked WHERE numnode(asked.query) > 0 AND m.terms @@ asked.query)
        ORDER BY m.said_at DESC, m.id DESC LIMIT @limit
        """;

    /// <summary>Whether anything telling is named at all.</summary>
    public const string Telling = "SELECT coalesce(bool_or(numnode(plainto_tsquery(@Language::regconfig, n.prepared)) > 0), false) FROM unnest(@prepared) AS n (prepared)";

    public const string Delete = """
        INSERT INTO forgotten_messages (message_id, conversation_id)
        SELECT said.id, said.conversation_id FROM memories m JOIN messages said ON said.id = m.message_id
        WHERE m.user_id = @UserId AND m.character_id = @CharacterId AND m.id = ANY(@ids) AND m.kind = 'message'
        ON CONFLICT DO NOTHING;
        DELETE FROM memories WHERE user_id = @UserId AND character_id = @CharacterId AND id = ANY(@ids)
        """;

    // The request is not remembered either, for it names what is not to be; unless it also says what to keep.
    public const string Note = """
        INSERT INTO memory_commands (message_id, conversation_id, forgotten, note)
        SELECT m.id, m.conversation_id, @forgotten, @note
        FROM messages m JOIN conversations c ON c.id = m.conversation_id
        WHERE m.id = @messageId AND c.user_id = @UserId AND c.character_id = @CharacterId
        ON CONFLICT DO NOTHING;
        INSERT INTO forgotten_messages (message_id, conversation_id)
        SELECT message_id, conversation_id FROM memory_commands WHERE message_id = @messageId AND NOT @pins
        ON CONFLICT DO NOTHING;
        DELETE FROM memories WHERE user_id = @UserId AND character_id = @CharacterId AND message_id = @messageId AND NOT @pins
        """;
}
