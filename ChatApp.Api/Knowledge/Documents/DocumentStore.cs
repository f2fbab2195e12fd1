using System.Data;
using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Npgsql;

namespace ChatApp.Api.Knowledge.Documents;

/// <summary>Every method takes the reader: what is attached to another person's conversation is as good as not there.</summary>
internal sealed class DocumentStore(NpgsqlDataSource database)
{
    /// <summary>A character's documents are anybody's to read, a conversation's are its owner's.</summary>
    private const string Readable =
        "(d.character_id IS NOT NULL OR EXISTS (SELECT 1 FROM conversations v WHERE v.id = d.conversation_id AND v.user_id = @userId))";

    private const string ChunkColumns = "c.id, c.document_id, c.ordinal, c.heading, c.page, c.text";

    public async Task<Document?> FindAsync(Guid id, Guid userId, CancellationToken cancellationToken) =>
        (await RowAsync(id, userId, cancellationToken))?.ToDocument();

    /// <summary>Newest first.</summary>
    /// <returns>Null when there is no such place for this person.</returns>
    public async Task<Page<Document>?> ListAsync(DocumentPlace place, Guid userId, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {DocumentRow.Columns} FROM documents d
            WHERE d.character_id IS NOT DISTINCT FROM @CharacterId AND d.conversation_id IS NOT DISTINCT FROM @ConversationId AND {Readable}
                AND (d.created_at, d.id) < (@time, @id)
            ORDER BY d.created_at DESC, d.id DESC
            LIMIT @limit + 1
            """;
        if (!await ExistsAsync(place, userId, cancellationToken))
        {
            return null;
        }

        var parameters = new
        {
            userId,
            place.CharacterId,
            place.ConversationId,
            id = after?.Id ?? Guid.AllBitsSet,
            time = after?.Time ?? DateTimeOffset.MaxValue,
            limit,
        };
        var rows = await database.ListAsync<DocumentRow>(sql, parameters, cancellationToken);
        var next = rows.Count > limit ? Cursor.At(CursorList.Documents, rows[limit - 1].CreatedAt, rows[limit - 1].Id).Encode() : null;
        return new Page<Document>([.. rows.Take(limit).Select(static r => r.ToDocument())], next);
    }

    /// <summary>Deletes it: a conversation's for its owner, a character's for who uploaded it and for those who may delete any.</summary>
    /// <returns>Null when there is no such document for this person; false when it is not theirs to delete.</returns>
    public async Task<bool?> DeleteAsync(Guid id, Guid userId, bool mayDeleteAny, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM documents d WHERE d.id = @id AND CASE
                WHEN d.conversation_id IS NULL THEN @mayDeleteAny OR d.user_id = @userId
                ELSE EXISTS (SELECT 1 FROM conversations v WHERE v.id = d.conversation_id AND v.user_id = @userId) END
            """;
        if (await RowAsync(id, userId, cancellationToken) is null)
        {
            return null;
        }

        return await database.ExecuteAsync(sql, new { id, userId, mayDeleteAny }, cancellationToken) > 0;
    }

    /// <summary>In reading order; <paramref name="after"/> is the last ordinal that the caller has.</summary>
    /// <returns>Null when there is no such document for this person.</returns>
    public async Task<Page<DocumentChunk>?> ListChunksAsync(Guid id, Guid userId, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {ChunkColumns} FROM document_chunks c JOIN documents d ON d.id = c.document_id
            WHERE d.id = @id AND {Readable} AND c.ordinal > @ordinal
            ORDER BY c.ordinal
            LIMIT @limit + 1
            """;
        if (await RowAsync(id, userId, cancellationToken) is null)
        {
            return null;
        }

        var rows = await database.ListAsync<ChunkRow>(sql, new { id, userId, ordinal = (int)(after?.Key ?? -1), limit }, cancellationToken);
        var next = rows.Count > limit ? new Cursor(CursorList.DocumentChunks, rows[limit - 1].Ordinal, rows[limit - 1].Id).Encode() : null;
        return new Page<DocumentChunk>([.. rows.Take(limit).Select(static r => r.ToChunk())], next);
    }

    public async Task<DocumentChunk?> FindChunkAsync(Guid id, Guid chunkId, Guid userId, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {ChunkColumns},
                (SELECT b.id FROM document_chunks b WHERE b.document_id = c.document_id AND b.ordinal = c.ordinal - 1) AS previous_chunk_id,
                (SELECT a.id FROM document_chunks a WHERE a.document_id = c.document_id AND a.ordinal = c.ordinal + 1) AS next_chunk_id
            FROM document_chunks c JOIN documents d ON d.id = c.document_id
            WHERE c.id = @chunkId AND d.id = @id AND {Readable}
            """;
        return (await database.FirstOrDefaultAsync<ChunkRow>(sql, new { id, chunkId, userId }, cancellationToken))?.ToChunk();
    }

    /// <summary>Writes the original to <paramref name="destination"/> as it comes from the database.</summary>
    public async Task CopyContentAsync(Guid id, Stream destination, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT content FROM document_contents WHERE document_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
        {
            await using var content = await reader.GetStreamAsync(0, cancellationToken);
            await content.CopyToAsync(destination, cancellationToken);
        }
    }

    /// <summary>Whether there is such a place for this person.</summary>
    public async Task<bool> ExistsAsync(DocumentPlace place, Guid userId, CancellationToken cancellationToken) => await database.FirstOrDefaultAsync<bool>(
        """
        SELECT EXISTS (SELECT 1 FROM characters WHERE id = @CharacterId)
            OR EXISTS (SELECT 1 FROM conversations WHERE id = @ConversationId AND user_id = @userId)
        """,
        new { place.CharacterId, place.ConversationId, userId },
        cancellationToken);

    private Task<DocumentRow?> RowAsync(Guid id, Guid userId, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<DocumentRow>(
        $"SELECT {DocumentRow.Columns} FROM documents d WHERE d.id = @id AND {Readable}", new { id, userId }, cancellationToken);
}
