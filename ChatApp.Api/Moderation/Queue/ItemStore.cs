using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Moderation.Queue;

/// <summary>Reads decisions.</summary>
internal sealed class ItemStore(NpgsqlDataSource database)
{
    private const int Before = 4;
    private const int MaxText = 2000;

    /// <summary>Decisions of one kind, newest first.</summary>
    /// <param name="filter"><c>open</c>, <c>appealed</c> or <c>closed</c>.</param>
    /// <param name="after">Where the page begins.</param>
    /// <param name="limit">How many it has.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<Page<ModerationItem>> ListAsync(string filter, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        var condition = filter == "closed" ? "l.status NOT IN ('open', 'appealed')" : "l.status = @filter";
        var parameters = new { filter, time = after?.Time ?? DateTimeOffset.MaxValue, id = after?.Id ?? Guid.AllBitsSet, limit };
        var rows = await database.ListAsync<ItemRow>(
            $"{ItemRow.Select} WHERE {condition} AND (l.at, l.id) < (@time, @id) ORDER BY l.at DESC, l.id DESC LIMIT @limit + 1", parameters, cancellationToken);
        return Page(rows, limit, CursorList.ModerationItems, static r => r.ToItem());
    }

    /// <summary>What was taken away of one person's, newest first.</summary>
    public async Task<Page<OwnModeration>> ListOwnAsync(Guid userId, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        var parameters = new { userId, time = after?.Time ?? DateTimeOffset.MaxValue, id = after?.Id ?? Guid.AllBitsSet, limit };
        const string sql = $"""
            {ItemRow.Select}
            WHERE l.user_id = @userId AND l.action IN ('redact', 'block') AND (l.at, l.id) < (@time, @id)
            ORDER BY l.at DESC, l.id DESC LIMIT @limit + 1
            """;
        var rows = await database.ListAsync<ItemRow>(sql, parameters, cancellationToken);
        return Page(rows, limit, CursorList.OwnModeration, static r => r.ToOwn());
    }

    public Task<ItemRow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<ItemRow>($"{ItemRow.Select} WHERE l.id = @id", new { id }, cancellationToken);

    /// <summary>What was taken away, and what was said before it.</summary>
    public async Task<(string? Original, List<NearMessage> Around)> AroundAsync(ItemRow item, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT original FROM moderation_log WHERE id = @Id;
            WITH RECURSIVE path AS (
                SELECT m.id, m.parent_id, m.role, m.text, m.created_at, 0 AS step
                FROM conversations c JOIN messages m ON m.conversation_id = c.id AND m.id = coalesce(@MessageId, c.current_message_id)
                WHERE c.id = @ConversationId
                UNION ALL
                SELECT m.id, m.parent_id, m.role, m.text, m.created_at, path.step + 1
                FROM path JOIN messages m ON m.conversation_id = @ConversationId AND m.id = path.parent_id
                WHERE path.step < @Before)
            SELECT role, left(text, @MaxText) AS text, created_at AS at FROM path ORDER BY step DESC
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            sql, new { item.Id, item.MessageId, item.ConversationId, Before, MaxText }, cancellationToken: cancellationToken));
        var original = await results.ReadFirstOrDefaultAsync<string?>();
        var around = await results.ReadAsync<NearRow>();
        return (original, [.. around.Select(static r => new NearMessage(r.Role, r.Text, r.At))]);
    }

    private static Page<T> Page<T>(List<ItemRow> rows, int limit, CursorList list, Func<ItemRow, T> show)
    {
        var next = rows.Count > limit ? Cursor.At(list, rows[limit - 1].At, rows[limit - 1].Id).Encode() : null;
        return new Page<T>([.. rows.Take(limit).Select(show)], next);
    }

    private sealed record NearRow
    {
        public Conversations.MessageRole Role { get; init; }

        public string Text { get; init; } = "";

        public DateTimeOffset At { get; init; }
    }
}
