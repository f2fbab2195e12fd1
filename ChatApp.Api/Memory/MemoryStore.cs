using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using ChatApp.Api.Retrieval;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Memory;

/// <summary>Memories, one scope at a time. The scope is in every statement: another one's memory is as good as none.</summary>
internal sealed class MemoryStore(NpgsqlDataSource database, TextAnalysis analysis)
{
    /// <summary>Notes that one scope holds, at most.</summary>
    public const int MaxNotes = 10_000;

    private const string OfScope = "user_id = @UserId AND character_id = @CharacterId";

    /// <summary>What was said last comes first.</summary>
    public async Task<Page<MemoryRow>> ListAsync(
        MemoryScope scope, MemoryKind? kind, bool? pinned, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {MemoryRow.Columns} FROM memories
            WHERE {OfScope} AND (said_at, id) < (@time, @id)
              AND (@kind IS NULL OR kind = @kind) AND (@pinned IS NULL OR pinned = @pinned)
            ORDER BY said_at DESC, id DESC
            LIMIT @limit + 1
            """;
        var parameters = new
        {
            scope.UserId,
            scope.CharacterId,
            id = after?.Id ?? Guid.AllBitsSet,
            time = after?.Time ?? DateTimeOffset.MaxValue,
            kind = kind is { } one ? KindName(one) : null,
            pinned,
            limit,
        };
        var rows = await database.ListAsync<MemoryRow>(sql, parameters, cancellationToken);
        var next = rows.Count > limit ? Cursor.At(CursorList.Memories, rows[limit - 1].SaidAt, rows[limit - 1].Id).Encode() : null;
        return new Page<MemoryRow>(rows.Count > limit ? rows[..limit] : rows, next);
    }

    /// <summary>Those of the given ones that the scope has, in no order.</summary>
    public Task<List<MemoryRow>> FindAsync(MemoryScope scope, Guid[] ids, CancellationToken cancellationToken) =>
        database.ListAsync<MemoryRow>(
            $"SELECT {MemoryRow.Columns} FROM memories WHERE {OfScope} AND id = ANY(@ids)", new { scope.UserId, scope.CharacterId, ids }, cancellationToken);

    /// <summary>Adds memories, all of them or none.</summary>
    /// <returns>False when there is no such character.</returns>
    public async Task<bool> AddAsync(MemoryScope scope, IReadOnlyCollection<NewMemory> memories, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RaiseAsync(connection, transaction, scope, cancellationToken) is not { } version)
        {
            return false;
        }

        await InsertAsync(connection, transaction, scope, version, memories, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Adds a note, unless there are too many.</summary>
    /// <returns>Null when there is no such character, and no memory when there are too many.</returns>
    public async Task<(MemoryRow? Added, int MaxNotes)?> AddNoteAsync(MemoryScope scope, NewMemory note, CancellationToken cancellationToken)
    {
        const string count = $"SELECT count(*) FROM memories WHERE {OfScope} AND kind = 'note'";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RaiseAsync(connection, transaction, scope, cancellationToken) is not { } version)
        {
            return null;
        }

        var parameters = new { scope.UserId, scope.CharacterId, id = note.Id };
        if (await connection.QueryFirstAsync<long>(new CommandDefinition(count, parameters, transaction, cancellationToken: cancellationToken)) >= MaxNotes)
        {
            return (null, MaxNotes);
        }

        await InsertAsync(connection, transaction, scope, version, [note], cancellationToken);
        var added = await connection.QueryFirstAsync<MemoryRow>(new CommandDefinition(
            $"SELECT {MemoryRow.Columns} FROM memories WHERE {OfScope} AND id = @id", parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return (added, MaxNotes);
    }

    /// <summary>Changes a memory. With other words it is a note, and what was said is not taken in again.</summary>
    /// <returns>The memory as it is now; null when there is no such one.</returns>
    public async Task<MemoryRow?> ChangeAsync(
        MemoryScope scope, Guid id, string? text, bool? pinned, double? importance, CancellationToken cancellationToken)
    {
        const string sql = $"""
            INSERT INTO forgotten_messages (message_id, conversation_id)
            SELECT said.id, said.conversation_id FROM memories m JOIN messages said ON said.id = m.message_id
            WHERE m.user_id = @UserId AND m.character_id = @CharacterId AND m.id = @id AND m.kind = 'message' AND m.text <> @text
            ON CONFLICT DO NOTHING;
            UPDATE memories
            SET kind = 'note', text = @text, terms = to_tsvector(@Language::regconfig, @prepared), conversation_id = NULL, message_id = NULL,
                position = 0, embedding = NULL, embedding_model = NULL
            WHERE {OfScope} AND id = @id AND text <> @text;
            UPDATE memories
            SET pinned = coalesce(@pinned, pinned), importance = coalesce(@importance, importance), version = @version, updated_at = now()
            WHERE {OfScope} AND id = @id
            RETURNING {MemoryRow.Columns}
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var version = await RaiseAsync(connection, transaction, scope, cancellationToken);
        var parameters = new
        {
            scope.UserId,
            scope.CharacterId,
            id,
            text,
            prepared = text is null ? null : MemoryText.ToTerms(text),
            analysis.Language,
            pinned,
            importance,
            version,
        };
        var changed = version is null
            ? null
            : await connection.QueryFirstOrDefaultAsync<MemoryRow>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        if (changed is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return changed;
    }

    /// <summary>Deletes a memory. A message's is not taken in again, and facts that were drawn from it go too.</summary>
    /// <returns>False when there is no such memory.</returns>
    public async Task<bool> DeleteAsync(MemoryScope scope, Guid id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {ScopeSql.Lock};
            INSERT INTO forgotten_messages (message_id, conversation_id)
            SELECT said.id, said.conversation_id FROM memories m JOIN messages said ON said.id = m.message_id
            WHERE m.user_id = @UserId AND m.character_id = @CharacterId AND m.id = @id AND m.kind = 'message'
            ON CONFLICT DO NOTHING;
            {ShownMemorySql.Take};
            DELETE FROM memories
            WHERE {OfScope} AND (id = @id OR (kind = 'fact' AND message_id = (
                SELECT m.message_id FROM memories m
                WHERE m.user_id = @UserId AND m.character_id = @CharacterId AND m.id = @id AND m.kind = 'message')))
            RETURNING id
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, new { scope.UserId, scope.CharacterId, id, ids = new[] { id } }, cancellationToken: cancellationToken));
        await results.ReadAsync<long>();
        return await results.ReadFirstOrDefaultAsync<Guid?>() is not null;
    }

    /// <summary>Deletes all memories of the scope. Nothing that was said until now is taken in again.</summary>
    public Task WipeAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {ScopeSql.Lock};
            INSERT INTO forgotten_messages (message_id, conversation_id)
            SELECT m.id, c.id FROM conversations c JOIN messages m ON m.conversation_id = c.id
            WHERE c.user_id = @UserId AND c.character_id = @CharacterId
            ON CONFLICT DO NOTHING;
            UPDATE memory_commands SET forgotten = array[]::text[], note = NULL FROM conversations c
            WHERE c.id = memory_commands.conversation_id AND c.user_id = @UserId AND c.character_id = @CharacterId;
            {ShownMemorySql.Take};
            DELETE FROM memories WHERE {OfScope}
            """;
        return database.ExecuteAsync(sql, new { scope.UserId, scope.CharacterId, ids = (Guid[]?)null }, cancellationToken);
    }

    private static Task<long?> RaiseAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, MemoryScope scope, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<long?>(new CommandDefinition(
            ScopeSql.Raise, new { scope.UserId, scope.CharacterId }, transaction, cancellationToken: cancellationToken));

    private async Task InsertAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        MemoryScope scope,
        long version,
        IReadOnlyCollection<NewMemory> memories,
        CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, conversation_id, message_id, position,
                                  pinned, importance, terms, version)
            SELECT n.id, @UserId, @CharacterId, n.kind, n.speaker, n.text, n.said_at, n.conversation_id, n.message_id, n.position,
                   n.pinned, n.importance, to_tsvector(@Language::regconfig, n.prepared), @version
            FROM unnest(@ids, @kinds, @speakers, @texts, @times, @conversations::uuid[], @messages::uuid[], @positions, @pins, @importances, @prepared)
                AS n (id, kind, speaker, text, said_at, conversation_id, message_id, position, pinned, importance, prepared)
            """;
        var parameters = new
        {
            scope.UserId,
            scope.CharacterId,
            version,
            analysis.Language,
            ids = memories.Select(static m => m.Id).ToArray(),
            kinds = memories.Select(static m => KindName(m.Kind)).ToArray(),
            speakers = memories.Select(static m => m.Speaker == MemorySpeaker.User ? "user" : "character").ToArray(),
            texts = memories.Select(static m => m.Text).ToArray(),
            times = memories.Select(static m => m.SaidAt.UtcDateTime).ToArray(),
            conversations = memories.Select(static m => m.ConversationId).ToArray(),
            messages = memories.Select(static m => m.MessageId).ToArray(),
            positions = memories.Select(static m => m.Position).ToArray(),
            pins = memories.Select(static m => m.Pinned).ToArray(),
            importances = memories.Select(static m => m.Importance).ToArray(),
            prepared = memories.Select(static m => MemoryText.ToTerms(m.Text)).ToArray(),
        };
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
    }

    private static string KindName(MemoryKind kind) => kind switch
    {
        MemoryKind.Message => "message",
        MemoryKind.Note => "note",
        _ => "fact",
    };
}
