using ChatApp.Api.Accounts;
using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Npgsql;

namespace ChatApp.Api.People;

/// <summary>Reads accounts for those who look after the service.</summary>
internal sealed class PeopleStore(NpgsqlDataSource database)
{
    /// <summary>The newest first.</summary>
    /// <param name="query">An id, or a part of the name or of the address; null for all.</param>
    /// <param name="role">Only those of a role.</param>
    /// <param name="banned">Only those who are kept out, or only the others.</param>
    /// <param name="after">The place to go on from.</param>
    /// <param name="limit">How many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Page<Person>> ListAsync(string? query, UserRole? role, bool? banned, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {PersonRow.Select}
              AND (u.created_at, u.id) < (@time, @afterId)
              AND (@id::uuid IS NULL OR u.id = @id)
              AND (@words::text IS NULL OR u.name ILIKE @words OR u.email ILIKE @words)
              AND (@role::text IS NULL OR u.role = @role)
              AND (@banned::boolean IS NULL OR coalesce(u.banned_until > now(), false) = @banned)
            ORDER BY u.created_at DESC, u.id DESC
            LIMIT @limit + 1
            """;
        Guid? id = Guid.TryParse(query, out var parsed) ? parsed : null;
        var parameters = new
        {
            id,
            words = query is null || id is not null ? null : $"%{LikeText.Escape(query)}%",
            role = role is { } one ? RoleNames.Of(one) : null,
            banned,
            time = after?.Time ?? DateTimeOffset.MaxValue,
            afterId = after?.Id ?? Guid.AllBitsSet,
            limit,
        };
        var rows = await database.ListAsync<PersonRow>(sql, parameters, cancellationToken);
        var next = rows.Count > limit ? Cursor.At(CursorList.People, rows[limit - 1].CreatedAt, rows[limit - 1].Id).Encode() : null;
        return new Page<Person>([.. rows.Take(limit).Select(static row => row.ToPerson())], next);
    }

    /// <returns>Null when there is no such account.</returns>
    public async Task<Person?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.FirstOrDefaultAsync<PersonRow>($"{PersonRow.Select} AND u.id = @id", new { id }, cancellationToken))?.ToPerson();

    /// <summary>Whose conversation it is.</summary>
    /// <returns>Null when there is none.</returns>
    public Task<Guid?> OwnerAsync(Guid conversationId, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<Guid?>("SELECT user_id FROM conversations WHERE id = @conversationId", new { conversationId }, cancellationToken);
}
