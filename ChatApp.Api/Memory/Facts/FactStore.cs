using ChatApp.Api.Database;
using ChatApp.Api.Retrieval;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Memory.Facts;

/// <summary>Facts beside the messages that they were drawn from; they go with them.</summary>
internal sealed class FactStore(NpgsqlDataSource database, TextAnalysis analysis)
{
    public const string Claim = """
        UPDATE facts_due SET failures = failures + 1, run_after = now() + interval '5 minutes'
        WHERE turn_id = (SELECT turn_id FROM facts_due WHERE run_after <= now() ORDER BY run_after LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING turn_id AS id, failures, extract(epoch FROM now() - requested_at)::double precision AS waited_seconds
        """;

    public const string Drop = "DELETE FROM facts_due WHERE turn_id = @Id";

    public const string Again = "UPDATE facts_due SET failures = @failures, run_after = now() + @delay WHERE turn_id = @Id";

    /// <summary>Asks for facts of turns that were just remembered: <c>@turns</c>. Old ones stay as they are.</summary>
    public const string Want = """
        INSERT INTO facts_due (turn_id)
        SELECT id FROM turns WHERE id = ANY(@turns) AND kind IN ('message', 'edit') AND finished_at > now() - interval '1 day'
        ON CONFLICT DO NOTHING
        """;

    private const float Importance = 0.6f;

    /// <summary>What the facts of a turn are drawn from; null when the message is not remembered, or not any more.</summary>
    public Task<FactSource?> FindAsync(Guid turnId, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<FactSource>(
        """
        SELECT c.user_id, c.character_id, ch.name AS character_name, ch.model, s.stays_inside, m.message_id, m.text AS question, a.text AS answer
        FROM turns t
        JOIN conversations c ON c.id = t.conversation_id
        JOIN characters ch ON ch.id = c.character_id
        JOIN memory_scopes s ON s.user_id = c.user_id AND s.character_id = c.character_id AND s.remembers
        JOIN memories m ON m.user_id = c.user_id AND m.character_id = c.character_id AND m.message_id = t.user_message_id AND m.kind = 'message'
        JOIN messages a ON a.id = t.assistant_message_id
        WHERE t.id = @turnId
        """,
        new { turnId },
        cancellationToken);

    /// <summary>Adds facts that the scope does not have in the same words. A message that was forgotten in the meantime has none.</summary>
    public async Task AddAsync(FactSource source, IReadOnlyCollection<string> facts, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, conversation_id, message_id, position, importance, terms, version)
            SELECT gen_random_uuid(), m.user_id, m.character_id, 'fact', 'user', n.text, m.said_at, m.conversation_id, m.message_id, m.position,
                   @Importance, to_tsvector(@Language::regconfig, n.prepared), @version
            FROM unnest(@texts, @prepared) AS n (text, prepared)
            JOIN memories m ON m.user_id = @UserId AND m.character_id = @CharacterId AND m.message_id = @MessageId AND m.kind = 'message'
            JOIN memory_scopes s ON s.user_id = m.user_id AND s.character_id = m.character_id AND s.remembers
            WHERE NOT EXISTS (
                SELECT FROM memories known
                WHERE known.user_id = @UserId AND known.character_id = @CharacterId AND known.kind <> 'message'
                  AND strip(known.terms) = strip(to_tsvector(@Language::regconfig, n.prepared)))
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var version = await connection.QueryFirstOrDefaultAsync<long?>(new CommandDefinition(
            ScopeSql.Raise, new { source.UserId, source.CharacterId }, transaction, cancellationToken: cancellationToken));
        var parameters = new
        {
            source.UserId,
            source.CharacterId,
            source.MessageId,
            version,
            Importance,
            analysis.Language,
            texts = facts.ToArray(),
            prepared = facts.Select(MemoryText.ToTerms).ToArray(),
        };
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
