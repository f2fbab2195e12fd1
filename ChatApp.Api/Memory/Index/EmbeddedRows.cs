using System.Data;
using ChatApp.Api.Database;
using ChatApp.Api.Models;
using ChatApp.Api.Retrieval;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Memory.Index;

/// <summary>What the embedded index reads.</summary>
internal sealed class EmbeddedRows(NpgsqlDataSource database, TextAnalysis analysis, ITextEmbedder embedder, IOptions<EmbeddedIndexOptions> options)
{
    private const string Columns = """
        SELECT id, kind = 'message' AS is_message, speaker = 'user' AS is_user, said_at, conversation_id,
            message_id, position, terms::text AS terms, right(rtrim(text, E' \n\r\t'), 1) IN ('?', '？', '؟') AS asks,
            CASE WHEN embedding_model = @model THEN embedding END AS embedding, version
        FROM memories WHERE user_id = @userId AND character_id = @characterId
        """;

    /// <summary>The scope's version, and each of the words in the form that memories are stored in; one round trip.</summary>
    public async Task<(ScopeVersion At, string[] Analysed)> AskAsync(MemoryScope scope, string[] words, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT s.version, s.created_at,
                ARRAY(SELECT to_tsvector(@language::regconfig, w.word)::text FROM unnest(@words) WITH ORDINALITY AS w(word, place) ORDER BY place) AS analysed
            FROM memory_scopes s WHERE s.user_id = @userId AND s.character_id = @characterId
            """;
        var parameters = new { userId = scope.UserId, characterId = scope.CharacterId, words, language = analysis.Language };
        var asked = await database.FirstOrDefaultAsync<AskedRow>(sql, parameters, cancellationToken);
        return asked is null ? (default, []) : (new ScopeVersion(asked.Version, asked.CreatedAt), asked.Analysed);
    }

    /// <summary>Everything that there is now: the newest, where there is too much.</summary>
    public Task<EmbeddedChanges> LoadAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        ReadAsync(scope, since: null, cancellationToken);

    /// <summary>What has changed since that version.</summary>
    public Task<EmbeddedChanges> ChangesAsync(MemoryScope scope, long since, CancellationToken cancellationToken) =>
        ReadAsync(scope, since, cancellationToken);

    private async Task<EmbeddedChanges> ReadAsync(MemoryScope scope, long? since, CancellationToken cancellationToken)
    {
        const string version = """
            SELECT version, created_at FROM memory_scopes WHERE user_id = @userId AND character_id = @characterId;
            """;
        const string all = $"""
            {version}
            {Columns} ORDER BY said_at DESC, id DESC LIMIT @most
            """;
        const string changed = $"""
            {version}
            {Columns} AND version > @since;
            SELECT memory_id AS "MemoryId", version FROM memory_removals
            WHERE user_id = @userId AND character_id = @characterId AND version > @since
            """;
        var parameters = new { userId = scope.UserId, characterId = scope.CharacterId, model = embedder.Model, since, most = options.Value.MaxMemories };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // All of it as of one moment, so that the version says exactly what was read.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var command = new CommandDefinition(since is null ? all : changed, parameters, transaction, cancellationToken: cancellationToken);
        await using var results = await connection.QueryMultipleAsync(command);
        var at = await results.ReadFirstOrDefaultAsync<VersionRow>();
        var rows = (await results.ReadAsync<EmbeddedRow>()).AsList();
        var removals = since is null ? [] : (await results.ReadAsync<EmbeddedRemoval>()).AsList();
        return new EmbeddedChanges(at is null ? default : new ScopeVersion(at.Version, at.CreatedAt), rows, removals);
    }

    private sealed class VersionRow
    {
        public long Version { get; init; }

        public DateTimeOffset CreatedAt { get; init; }
    }

    private sealed class AskedRow
    {
        public long Version { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string[] Analysed { get; init; } = [];
    }
}
