using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Npgsql;

namespace ChatApp.Api.Characters;

internal sealed class CharacterStore(NpgsqlDataSource database)
{
    private const string Columns = "id, slug, name, tagline, description, greeting, accent_color, avatar, starters";

    public async Task<Page<Character>> ListAsync(Cursor? after, int limit, CancellationToken cancellationToken)
    {
        const string sql = $"""
            SELECT {Columns}, sort_order FROM characters
            WHERE (sort_order, id) > (@key, @id)
            ORDER BY sort_order, id
            LIMIT @limit + 1
            """;
        var rows = await database.ListAsync<Row>(sql, new { id = after?.Id ?? Guid.Empty, key = (int)(after?.Key ?? int.MinValue), limit }, cancellationToken);
        var next = rows.Count > limit ? new Cursor(CursorList.Characters, rows[limit - 1].SortOrder, rows[limit - 1].Id).Encode() : null;
        return new Page<Character>([.. rows.Take(limit).Select(static r => r.ToCharacter())], next);
    }

    public async Task<Character?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.FirstOrDefaultAsync<Row>($"SELECT {Columns} FROM characters WHERE id = @id", new { id }, cancellationToken))?.ToCharacter();

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string Slug { get; init; } = "";

        public string Name { get; init; } = "";

        public string Tagline { get; init; } = "";

        public string Description { get; init; } = "";

        public string Greeting { get; init; } = "";

        public string AccentColor { get; init; } = "";

        public string Avatar { get; init; } = "";

        public string[] Starters { get; init; } = [];

        public int SortOrder { get; init; }

        public Character ToCharacter() => new(Id, Slug, Name, Tagline, Description, Greeting, AccentColor, Avatar, Starters);
    }
}
