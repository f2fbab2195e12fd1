using ChatApp.Api.Knowledge.Parsing;
using ChatApp.Api.Retrieval;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Knowledge.Reading;

/// <summary>Keeps what was read: all of a document's chunks in place of those it had, or none of them.</summary>
internal sealed class ChunkStore(NpgsqlDataSource database, TextAnalysis analysis, IOptions<KnowledgeOptions> options)
{
    private const int BatchSize = 200;

    /// <returns>False when the claim is lost, or the document is gone; then nothing is kept.</returns>
    /// <exception cref="ParseException">There is no room for so much in this place.</exception>
    public async Task<bool> SaveAsync(
        DocumentClaim claim, IReadOnlyList<ParsedChunk> chunks, int? pages, Action<int> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        const string others = """
            SELECT coalesce(sum(o.chunk_count), 0) FROM documents d
            JOIN documents o ON (o.character_id = d.character_id OR o.conversation_id = d.conversation_id) AND o.id <> d.id
            WHERE d.id = @Id
            """;
        var together = await connection.ExecuteScalarAsync<long>(new CommandDefinition(others, new { claim.Id }, transaction, cancellationToken: cancellationToken));
        if (together + chunks.Count > options.Value.MaxChunksTogether)
        {
            throw ParseErrors.TooManyChunksTogether(options.Value.MaxChunksTogether);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM document_chunks WHERE document_id = @Id", new { claim.Id }, transaction, cancellationToken: cancellationToken));
        var ordinal = 0;
        foreach (var batch in chunks.Chunk(BatchSize))
        {
            await InsertAsync(connection, transaction, claim.Id, ordinal, batch, cancellationToken);
            ordinal += batch.Length;
            progress(ordinal);
        }

        const string finish = """
            UPDATE documents SET
                status = 'ready', lease_until = NULL, failures = 0, error_code = NULL, error_detail = NULL, revision = revision + 1,
                scheme = @scheme, pages = @pages, chunk_count = @count, progress_done = @done, progress_total = @done
            WHERE id = @Id AND attempt = @Attempt AND status = 'processing'
            """;
        var parameters = new { claim.Id, claim.Attempt, scheme = Chunker.Scheme, pages, count = chunks.Count, done = pages ?? chunks.Count };
        if (await connection.ExecuteAsync(new CommandDefinition(finish, parameters, transaction, cancellationToken: cancellationToken)) == 0)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private Task<int> InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid documentId, int first, ParsedChunk[] chunks, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO document_chunks (id, document_id, ordinal, heading, page, text, terms)
            SELECT c.id, @documentId, c.ordinal, c.heading, c.page, c.text, to_tsvector(@language::regconfig, c.prepared)
            FROM unnest(@ids, @ordinals, @headings, @pages, @texts, @prepared) AS c (id, ordinal, heading, page, text, prepared)
            """;
        var parameters = new
        {
            documentId,
            language = analysis.Language,
            ids = Array.ConvertAll(chunks, static _ => Guid.CreateVersion7()),
            ordinals = Enumerable.Range(first, chunks.Length).ToArray(),
            headings = Array.ConvertAll(chunks, static c => c.Heading),
            pages = Array.ConvertAll(chunks, static c => c.Page),
            texts = Array.ConvertAll(chunks, static c => c.Text),
            // A chunk is found by its headings as well.
            prepared = Array.ConvertAll(chunks, static c => TextAnalysis.Prepare(c.Heading + "\n" + c.Text)),
        };
        return connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
    }
}
