using ChatApp.Api.Database;
using ChatApp.Api.Retrieval;
using Npgsql;

namespace ChatApp.Api.Memory.Recall;

/// <summary>What recall reads: never anything without its scope.</summary>
internal sealed class RecallStore(NpgsqlDataSource database, TextAnalysis analysis)
{
    // Who pins more than this has pinned nothing.
    private const int MostPinned = 50;

    /// <summary>The scope's switches, with the words analysed; null where nothing was ever kept.</summary>
    public Task<RecallScope?> ScopeAsync(MemoryScope scope, string[] words, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT s.remembers, s.stays_inside,
                EXISTS (SELECT FROM memories m WHERE m.user_id = s.user_id AND m.character_id = s.character_id) AS has_memories,
                ARRAY(SELECT to_tsvector(@language::regconfig, w.word)::text FROM unnest(@words) WITH ORDINALITY AS w(word, place) ORDER BY place) AS analysed
            FROM memory_scopes s WHERE s.user_id = @userId AND s.character_id = @characterId
            """;
        var parameters = new { userId = scope.UserId, characterId = scope.CharacterId, words, language = analysis.Language };
        return database.FirstOrDefaultAsync<RecallScope>(sql, parameters, cancellationToken);
    }

    /// <summary>Those of the given memories that the scope has, and its pinned ones, the most important and newest first.</summary>
    public async Task<IReadOnlyList<RecallRow>> RowsAsync(MemoryScope scope, Guid[] ids, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT id, kind, speaker, text, said_at, pinned, importance, conversation_id, message_id, terms::text AS terms
            FROM memories WHERE user_id = @userId AND character_id = @characterId AND (id = ANY(@ids) OR id IN (
                SELECT id FROM memories WHERE user_id = @userId AND character_id = @characterId AND pinned
                ORDER BY importance DESC, said_at DESC LIMIT @mostPinned))
            ORDER BY importance DESC, said_at DESC, id
            """;
        return await database.ListAsync<RecallRow>(
            sql, new { userId = scope.UserId, characterId = scope.CharacterId, ids, mostPinned = MostPinned }, cancellationToken);
    }
}
