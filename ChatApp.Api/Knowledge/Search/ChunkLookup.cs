using ChatApp.Api.Database;
using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Retrieval;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>
/// What a search reads from the database. Every statement joins the scope: the conversation, that it is with this character, and the
/// documents of either. An index that knew too much could not give anything away.
/// </summary>
internal sealed class ChunkLookup(NpgsqlDataSource database, TextAnalysis analysis)
{
    private const string InScope = """
        d.chunk_count > 0
        AND (d.character_id = @CharacterId OR d.conversation_id = @ConversationId)
        AND EXISTS (SELECT 1 FROM conversations v WHERE v.id = @ConversationId AND v.character_id = @CharacterId)
        """;

    /// <summary>The documents of the scope, each of the words as terms, and whether the person keeps what they say from outside providers.</summary>
    public async Task<(IReadOnlyList<DocumentInScope> Documents, IReadOnlyList<string> Terms, bool StaysInside)> OpenAsync(
        KnowledgeScope scope, string[] words, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT d.id, d.name, d.revision, d.character_id, d.conversation_id, d.chunk_count, d.created_at FROM documents d WHERE {InScope};
            SELECT to_tsvector(@language::regconfig, w.word)::text FROM unnest(@words) WITH ORDINALITY AS w (word, place) ORDER BY w.place;
            SELECT EXISTS (
                SELECT FROM conversations v JOIN memory_scopes s ON s.user_id = v.user_id AND s.character_id = v.character_id
                WHERE v.id = @ConversationId AND s.stays_inside)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            sql, new { scope.CharacterId, scope.ConversationId, words, language = analysis.Language }, cancellationToken: cancellationToken));
        var documents = (await results.ReadAsync<DocumentInScope>()).AsList();
        return (documents, (await results.ReadAsync<string>()).AsList(), await results.ReadSingleAsync<bool>());
    }

    /// <summary>The chunks of one document, for an index of its place.</summary>
    public async Task<(TermVector Name, IReadOnlyList<(IndexedChunk Chunk, TermVector Terms)> Chunks)> LoadAsync(
        DocumentInScope document, string? model, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT to_tsvector(@language::regconfig, @name)::text;
            SELECT id, ordinal, terms::text AS terms, CASE WHEN embedding_model = @model THEN embedding END AS embedding
            FROM document_chunks WHERE document_id = @Id ORDER BY ordinal
            """;
        var name = TextAnalysis.Prepare(document.Name.Replace('_', ' ').Replace('-', ' ').Replace('.', ' '));
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            sql, new { document.Id, name, model, language = analysis.Language }, cancellationToken: cancellationToken));
        var nameTerms = TermVector.Parse(await results.ReadSingleAsync<string>());
        var rows = await results.ReadAsync<TermRow>();
        return (nameTerms, [.. rows.Select(r => (
            new IndexedChunk(r.Id, document.Id, r.Ordinal, r.Embedding is null ? null : new SmallVector(r.Embedding)), TermVector.Parse(r.Terms)))]);
    }

    /// <summary>The texts of chunks, as far as they are of the scope.</summary>
    public Task<List<ChunkRow>> ReadAsync(KnowledgeScope scope, Guid[] ids, CancellationToken cancellationToken) => database.ListAsync<ChunkRow>(
        $"""
        SELECT c.id, c.document_id, c.ordinal, c.heading, c.page, c.text
        FROM document_chunks c JOIN documents d ON d.id = c.document_id WHERE c.id = ANY (@ids) AND {InScope}
        """,
        new { scope.CharacterId, scope.ConversationId, ids },
        cancellationToken);

    /// <summary>How these documents begin, in reading order.</summary>
    public Task<List<ChunkRow>> ReadBeginningsAsync(KnowledgeScope scope, Guid[] documents, int count, CancellationToken cancellationToken) => database.ListAsync<ChunkRow>(
        $"""
        SELECT c.id, c.document_id, c.ordinal, c.heading, c.page, c.text
        FROM document_chunks c JOIN documents d ON d.id = c.document_id
        WHERE d.id = ANY (@documents) AND c.ordinal < @count AND {InScope}
        ORDER BY array_position(@documents, d.id), c.ordinal
        """,
        new { scope.CharacterId, scope.ConversationId, documents, count },
        cancellationToken);

    private sealed record TermRow
    {
        public Guid Id { get; init; }

        public int Ordinal { get; init; }

        public string Terms { get; init; } = "";

        public float[]? Embedding { get; init; }
    }
}
