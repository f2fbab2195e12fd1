namespace ChatApp.Api.Memory;

/// <summary>Takes what is forgotten out of what is kept about earlier answers, too.</summary>
internal static class ShownMemorySql
{
    /// <summary>
    /// For the memories <c>@ids</c> of the scope, or all of them where that is null. The prompts that held them can be looked at no more. A turn
    /// that is being answered keeps what it was given: another attempt has to have the same.
    /// </summary>
    public const string Take = """
        WITH shown AS MATERIALIZED (
            SELECT t.id FROM conversations c JOIN turns t ON t.conversation_id = c.id
            WHERE c.user_id = @UserId AND c.character_id = @CharacterId AND t.status NOT IN ('queued', 'running')
              AND EXISTS (
                  SELECT FROM jsonb_array_elements(t.recall -> 'memories') AS given
                  WHERE @ids::uuid[] IS NULL OR (given ->> 'id')::uuid = ANY(@ids))),
        prompts AS (DELETE FROM turn_prompts p USING shown WHERE p.turn_id = shown.id)
        UPDATE turns t
        SET recall = jsonb_set(t.recall, '{memories}', (
            SELECT coalesce(jsonb_agg(given.value ORDER BY given.ordinality), '[]')
            FROM jsonb_array_elements(t.recall -> 'memories') WITH ORDINALITY AS given
            WHERE @ids::uuid[] IS NOT NULL AND (given.value ->> 'id')::uuid <> ALL(@ids)))
        FROM shown WHERE t.id = shown.id
        """;
}
