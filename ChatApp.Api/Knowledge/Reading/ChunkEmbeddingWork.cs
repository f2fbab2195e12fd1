using ChatApp.Api.Background;
using ChatApp.Api.Database;
using ChatApp.Api.Models;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Knowledge.Reading;

/// <summary>Gives chunks the embeddings of the configured model, where one is configured; those of another model are replaced.</summary>
internal sealed class ChunkEmbeddingWork(
    NpgsqlDataSource source, ITextEmbedder embedder, DatabaseReadiness database, TimeProvider time, ILogger<ChunkEmbeddingWork> logger)
    : DurableWork(database, time, logger)
{
    private const int BatchSize = 32;

    /// <inheritdoc/>
    protected override TimeSpan Interval => embedder.Model is null ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        if (embedder.Model is not { } model)
        {
            return 0;
        }

        await using var connection = await source.OpenConnectionAsync(stoppingToken);
        await using var transaction = await connection.BeginTransactionAsync(stoppingToken);

        // One process at a time: a second one would have the same texts embedded.
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('chunk embeddings', 0))", transaction: transaction, cancellationToken: stoppingToken)))
        {
            return 0;
        }

        const string next = """
            SELECT id, document_id, heading, text FROM document_chunks
            WHERE (embedding_model IS NULL OR embedding_model < @model OR embedding_model > @model)
              -- What a person attaches where memories stay inside stays there too.
              AND NOT (@IsOutside AND EXISTS (
                  SELECT FROM documents d JOIN conversations v ON v.id = d.conversation_id
                  JOIN memory_scopes s ON s.user_id = v.user_id AND s.character_id = v.character_id
                  WHERE d.id = document_chunks.document_id AND s.stays_inside))
            LIMIT @BatchSize
            """;
        var chunks = (await connection.QueryAsync<Row>(
            new CommandDefinition(next, new { model, BatchSize, embedder.IsOutside }, transaction, cancellationToken: stoppingToken))).AsList();
        if (chunks.Count == 0)
        {
            return 0;
        }

        var vectors = await embedder.EmbedDocumentsAsync([.. chunks.Select(static c => c.Heading.Length == 0 ? c.Text : c.Heading + "\n" + c.Text)], stoppingToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        for (var i = 0; i < chunks.Count; i++)
        {
            var update = new NpgsqlBatchCommand("UPDATE document_chunks SET embedding = $1, embedding_model = $2 WHERE id = $3");
            update.Parameters.Add(new NpgsqlParameter { Value = vectors[i] });
            update.Parameters.Add(new NpgsqlParameter { Value = model });
            update.Parameters.Add(new NpgsqlParameter { Value = chunks[i].Id });
            batch.BatchCommands.Add(update);
        }

        await batch.ExecuteNonQueryAsync(stoppingToken);

        // Told once a document is done, because whoever has indexed it reads it anew.
        const string tell = """
            UPDATE documents d SET revision = revision + 1 WHERE d.id = ANY (@ids)
                AND NOT EXISTS (SELECT 1 FROM document_chunks c WHERE c.document_id = d.id AND c.embedding_model IS DISTINCT FROM @model)
            """;
        var ids = chunks.Select(static c => c.DocumentId).Distinct().ToArray();
        await connection.ExecuteAsync(new CommandDefinition(tell, new { ids, model }, transaction, cancellationToken: stoppingToken));
        await transaction.CommitAsync(stoppingToken);
        return chunks.Count;
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid DocumentId { get; init; }

        public string Heading { get; init; } = "";

        public string Text { get; init; } = "";
    }
}
