using System.Globalization;
using ChatApp.Api.Knowledge.Documents;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>Puts an upload into the database, where a worker finds it.</summary>
internal sealed class DocumentAcceptance(NpgsqlDataSource database, IOptions<KnowledgeOptions> options)
{
    public async Task<AcceptedDocument> AddAsync(
        DocumentPlace place, Guid userId, SpooledUpload upload, DocumentKind format, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id = Guid.CreateVersion7(),
            place.CharacterId,
            place.ConversationId,
            userId,
            name = upload.Name,
            format = format.Stored,
            bytes = upload.Content.Length,
            sha256 = upload.Sha256,
            placeLock = "documents of " + (place.CharacterId ?? place.ConversationId),
            userLock = "documents by " + userId,
        };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // The place, then the person: always in this order, so that no two wait for each other.
        const string locks = """
            SELECT pg_advisory_xact_lock(hashtextextended(@placeLock, 0));
            SELECT pg_advisory_xact_lock(hashtextextended(@userLock, 0));
            """;
        await connection.ExecuteAsync(new CommandDefinition(locks, parameters, transaction, cancellationToken: cancellationToken));
        const string question = """
            SELECT
                EXISTS (SELECT 1 FROM characters WHERE id = @CharacterId)
                    OR EXISTS (SELECT 1 FROM conversations WHERE id = @ConversationId AND user_id = @userId) AS place_exists,
                (SELECT count(*) FROM documents WHERE character_id = @CharacterId OR conversation_id = @ConversationId) AS documents,
                (SELECT coalesce(sum(bytes), 0)::bigint FROM documents WHERE user_id = @userId) AS user_bytes
            """;
        var state = await connection.QuerySingleAsync<State>(new CommandDefinition(question, parameters, transaction, cancellationToken: cancellationToken));
        if (!state.PlaceExists)
        {
            return new AcceptedDocument(null);
        }

        if (await FindAsync(connection, transaction, "(d.character_id = @CharacterId OR d.conversation_id = @ConversationId) AND d.sha256 = @sha256", parameters, cancellationToken) is { } same)
        {
            return new AcceptedDocument(same);
        }

        if (Refusal(place, state, upload.Content.Length) is { } refusal)
        {
            return new AcceptedDocument(null, Refusal: refusal);
        }

        const string insert = """
            INSERT INTO documents (id, character_id, conversation_id, user_id, name, format, bytes, sha256)
            VALUES (@id, @CharacterId, @ConversationId, @userId, @name, @format, @bytes, @sha256)
            """;
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(insert, parameters, transaction, cancellationToken: cancellationToken));
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // The place was deleted since it was asked for.
            return new AcceptedDocument(null);
        }

        await using (var command = new NpgsqlCommand("INSERT INTO document_contents (document_id, content) VALUES ($1, $2)", connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameters.id });
            // The driver reads the file as it sends it.
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea, Value = upload.Content });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var added = await FindAsync(connection, transaction, "d.id = @id", parameters, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AcceptedDocument(added, IsNew: true);
    }

    private static async Task<Document?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string condition, object parameters, CancellationToken cancellationToken)
    {
        var sql = $"SELECT {DocumentRow.Columns} FROM documents d WHERE {condition}";
        var row = await connection.QueryFirstOrDefaultAsync<DocumentRow>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        return row?.ToDocument();
    }

    private string? Refusal(DocumentPlace place, State state, long bytes)
    {
        var most = place.CharacterId is null ? options.Value.MaxConversationDocuments : options.Value.MaxCharacterDocuments;
        if (state.Documents >= most)
        {
            var what = place.CharacterId is null ? "conversation" : "character";
            return string.Create(CultureInfo.InvariantCulture, $"A {what} has {most} documents at most. Delete one first.");
        }

        return state.UserBytes + bytes > options.Value.MaxUserBytes
            ? string.Create(CultureInfo.InvariantCulture, $"Your documents have {options.Value.MaxUserBytes / (1024.0 * 1024):0.#} MB together at most. Delete some first.")
            : null;
    }

    private sealed record State
    {
        public bool PlaceExists { get; init; }

        public long Documents { get; init; }

        public long UserBytes { get; init; }
    }
}
