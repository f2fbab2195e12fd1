using ChatApp.Api.Database;
using ChatApp.Api.Models;
using ChatApp.Api.Retrieval;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Reads memories from their rows as points.</summary>
internal sealed class MemoryPointReader(NpgsqlDataSource database, TextAnalysis analysis, ITextEmbedder embedder)
{
    /// <summary>Neighbours on either side that a memory's window has.</summary>
    public const int Reach = 2;

    /// <summary>The memories that are still there, each with its window.</summary>
    public async Task<IReadOnlyList<MemoryPoint>> ReadAsync(MemoryScope scope, Guid[] ids, CancellationToken cancellationToken)
    {
        // Said when: in words, as people ask for it. The numbers serve every language, the months English.
        var rows = await database.ListAsync<MemoryTerms>("""
            WITH wanted AS (
                SELECT id, conversation_id, position FROM memories
                WHERE id = ANY(@Ids) AND user_id = @UserId AND character_id = @CharacterId),
            shown AS (
                SELECT id FROM wanted
                UNION
                SELECT near.id FROM wanted JOIN memories near ON near.conversation_id = wanted.conversation_id
                    AND near.position BETWEEN wanted.position - @Reach AND wanted.position + @Reach
                WHERE near.user_id = @UserId AND near.character_id = @CharacterId)
            SELECT m.id, m.message_id, m.conversation_id, m.position, m.speaker,
                CASE WHEN m.embedding_model = @Model THEN m.embedding END AS embedding, t.lexemes, t.counts
            FROM shown JOIN memories m ON m.id = shown.id
            CROSS JOIN LATERAL (
                SELECT array_agg(u.lexeme) AS lexemes, array_agg(coalesce(cardinality(u.positions), 1)) AS counts
                FROM unnest(m.terms || to_tsvector(@Language::regconfig, to_char(m.said_at AT TIME ZONE 'UTC', 'FMDD FMMonth YYYY'))) u) t
            """, new { Ids = ids, scope.UserId, scope.CharacterId, Reach, embedder.Model, analysis.Language }, cancellationToken);

        var wanted = ids.ToHashSet();
        var conversations = rows.Where(static r => r.ConversationId is not null).ToLookup(static r => r.ConversationId!.Value);
        return [.. rows.Where(r => wanted.Contains(r.Id)).Select(r => Point(r, conversations))];
    }

    private static MemoryPoint Point(MemoryTerms row, ILookup<Guid, MemoryTerms> conversations)
    {
        var text = row.CountTerms();
        var window = new Dictionary<uint, int>(text);
        foreach (var near in row.ConversationId is { } conversation ? conversations[conversation] : [])
        {
            if (near.Id != row.Id && Math.Abs(near.Position - row.Position) <= Reach)
            {
                near.AddTo(window);
            }
        }

        text[TermVectors.Number(row.Speaker == "user" ? TermVectors.SaidByUser : TermVectors.SaidByCharacter)] = 1;
        return new MemoryPoint(row.Id, row.MessageId, TermVectors.OfText(text), TermVectors.OfWindow(window), row.Embedding);
    }
}
