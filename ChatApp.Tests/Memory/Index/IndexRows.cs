using ChatApp.Api.Memory;
using ChatApp.Api.Retrieval;
using ChatApp.Tests.Api;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>Puts memories where whoever remembers would, in the same way: the scope's version first, then the rows.</summary>
internal sealed class IndexRows(ApiHost host)
{
    private readonly NpgsqlDataSource _database = host.Services.GetRequiredService<NpgsqlDataSource>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Somebody new with somebody new.</summary>
    public async Task<MemoryScope> ScopeAsync(string name = "Ada")
    {
        var scope = new MemoryScope(Guid.CreateVersion7(), Guid.CreateVersion7());
        await ExecuteAsync("""
            INSERT INTO users (id, name, email, password_hash, role) VALUES (@UserId, @name, @UserId || '@example.org', '-', 'user');
            INSERT INTO characters (id, slug, name, tagline, description, style, system_prompt, greeting, accent_color, avatar)
            VALUES (@CharacterId, @CharacterId::text, 'Mira', '-', '-', '-', '-', '-', '#123456', 'mira');
            """, new { scope.UserId, scope.CharacterId, name });
        return scope;
    }

    /// <summary>The same person with somebody else.</summary>
    public async Task<MemoryScope> OtherCharacterAsync(MemoryScope scope) => new(scope.UserId, (await ScopeAsync()).CharacterId);

    public async Task<Guid> ConversationAsync(MemoryScope scope)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync("INSERT INTO conversations (id, user_id, character_id) VALUES (@id, @UserId, @CharacterId)", new { id, scope.UserId, scope.CharacterId });
        return id;
    }

    public async Task<Guid> AddAsync(
        MemoryScope scope, string text, Guid? conversation = null, int position = 0, Guid? message = null, MemorySpeaker speaker = MemorySpeaker.User, DateTimeOffset? saidAt = null)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync("""
            WITH raised AS (
                INSERT INTO memory_scopes (user_id, character_id, version) VALUES (@UserId, @CharacterId, 1)
                ON CONFLICT (user_id, character_id) DO UPDATE SET version = memory_scopes.version + 1 RETURNING version)
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, conversation_id, message_id, position, terms, version)
            SELECT @id, @UserId, @CharacterId, CASE WHEN @message::uuid IS NULL THEN 'note' ELSE 'message' END, @speaker, @text, @saidAt, @conversation, @message,
                @position, to_tsvector('english', @prepared), version FROM raised
            """, new
        {
            id,
            scope.UserId,
            scope.CharacterId,
            text,
            prepared = TextAnalysis.Prepare(text),
            conversation,
            position,
            message,
            speaker = speaker == MemorySpeaker.User ? "user" : "character",
            saidAt = saidAt ?? DateTimeOffset.UtcNow,
        });
        return id;
    }

    public Task RewriteAsync(MemoryScope scope, Guid id, string text) => ExecuteAsync("""
        WITH raised AS (UPDATE memory_scopes SET version = version + 1 WHERE user_id = @UserId AND character_id = @CharacterId RETURNING version)
        UPDATE memories SET text = @text, terms = to_tsvector('english', @prepared), version = raised.version FROM raised WHERE id = @id
        """, new { scope.UserId, scope.CharacterId, id, text, prepared = TextAnalysis.Prepare(text) });

    public Task RemoveAsync(Guid id) => ExecuteAsync("DELETE FROM memories WHERE id = @id", new { id });

    public Task RemoveConversationAsync(Guid id) => ExecuteAsync("DELETE FROM conversations WHERE id = @id", new { id });

    /// <summary>Everything of the scope, with the scope.</summary>
    public Task WipeAsync(MemoryScope scope) =>
        ExecuteAsync("DELETE FROM memory_scopes WHERE user_id = @UserId AND character_id = @CharacterId", new { scope.UserId, scope.CharacterId });

    public async Task<T?> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await _database.OpenConnectionAsync(Cancelled);
        return await connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: Cancelled));
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _database.OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: Cancelled));
    }
}
