namespace ChatApp.Api.Memory.Remembering;

/// <summary>
/// Makes the memories of a conversation equal to its active path, the one of its newest turn. First the scope is locked, as by everyone who
/// changes memories; then what is missing is read, and written once its terms can be told.
/// </summary>
internal static class RememberingSql
{
    // The scope is the conversation's own: nobody says for whom something is remembered.
    // The turns are read before the path is, so all that they said is final there; one that ends after this is for the next time.
    public const string Begin = $"""
        INSERT INTO memory_scopes (user_id, character_id, version)
        SELECT user_id, character_id, 1 FROM conversations WHERE id = @conversationId
        ON CONFLICT (user_id, character_id) DO UPDATE SET version = memory_scopes.version + 1
        RETURNING user_id, character_id, version, remembers;
        SELECT id FROM turns WHERE conversation_id = @conversationId AND finished_at IS NOT NULL AND remembered_at IS NULL;
        WITH RECURSIVE {Path}
        SELECT m.id, m.role, m.text {FromMissing} ORDER BY m.depth LIMIT @limit
        """;

    public const string Add = """
        INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, conversation_id, message_id, position,
                              pinned, importance, terms, version)
        SELECT n.id, c.user_id, c.character_id, 'message', CASE m.role WHEN 'user' THEN 'user' ELSE 'character' END, m.text, m.created_at,
               c.id, m.id, m.depth, n.pinned, CASE WHEN n.pinned THEN 1 ELSE 0.5 END, to_tsvector(@Language::regconfig, n.prepared), @Version
        FROM unnest(@ids, @messages, @prepared, @pinned) AS n (id, message_id, prepared, pinned)
        JOIN conversations c ON c.id = @conversationId AND c.user_id = @UserId AND c.character_id = @CharacterId
        JOIN messages m ON m.conversation_id = c.id AND m.id = n.message_id
        ON CONFLICT DO NOTHING
        """;

    // Facts go with the message that they were drawn from; what is pinned stays, and so does what the person wrote themselves.
    public const string End = $"""
        WITH RECURSIVE {Path}
        DELETE FROM memories
        WHERE user_id = @UserId AND character_id = @CharacterId AND conversation_id = @conversationId AND kind <> 'note' AND NOT pinned
          AND NOT EXISTS (SELECT FROM path WHERE path.id = memories.message_id);
        {Done}
        """;

    // What is said while nothing is to be remembered is not taken in later either.
    public const string Ignore = $"""
        WITH RECURSIVE {Path}
        INSERT INTO forgotten_messages (message_id, conversation_id) SELECT m.id, @conversationId {FromMissing} ON CONFLICT DO NOTHING;
        {Done}
        """;

    /// <summary>Marks all ended turns of the conversation, when it cannot be remembered for a reason that stays.</summary>
    public const string GiveUp =
        "UPDATE turns SET remembered_at = now() WHERE conversation_id = @conversationId AND finished_at IS NOT NULL AND remembered_at IS NULL";

    /// <summary>Conversations with turns that ended a while ago, and whose worker did not see to it.</summary>
    public const string Left = """
        SELECT DISTINCT conversation_id FROM (
            SELECT conversation_id FROM turns WHERE remembered_at IS NULL AND finished_at < now() - @grace ORDER BY finished_at LIMIT @limit) AS oldest
        """;

    /// <summary>The same in one scope, however short ago.</summary>
    public const string LeftInScope = """
        SELECT DISTINCT c.id FROM turns t JOIN conversations c ON c.id = t.conversation_id
        WHERE t.remembered_at IS NULL AND t.finished_at IS NOT NULL AND c.user_id = @UserId AND c.character_id = @CharacterId
        LIMIT @limit
        """;

    private const string Path = """
        newest AS (
            SELECT assistant_message_id FROM turns WHERE conversation_id = @conversationId ORDER BY created_at DESC, id DESC LIMIT 1),
        path AS (
            SELECT m.id, m.parent_id FROM newest
            JOIN messages m ON m.conversation_id = @conversationId AND m.id = newest.assistant_message_id
            UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN messages m ON m.conversation_id = @conversationId AND m.id = path.parent_id)
        """;

    // An answer to "forget …" tends to say what was forgotten.
    private const string FromMissing = """
        FROM path JOIN messages m ON m.conversation_id = @conversationId AND m.id = path.id
        WHERE m.status NOT IN ('pending', 'streaming') AND m.text ~ '\S'
          AND NOT EXISTS (SELECT FROM memories known WHERE known.message_id = m.id AND known.kind = 'message')
          AND NOT EXISTS (SELECT FROM forgotten_messages gone WHERE gone.message_id = m.id)
          AND NOT EXISTS (SELECT FROM memory_commands asked WHERE asked.message_id = m.parent_id)
        """;

    private const string Done = "UPDATE turns SET remembered_at = now() WHERE id = ANY(@turns)";
}
