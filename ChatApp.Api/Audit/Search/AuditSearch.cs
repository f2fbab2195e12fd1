using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Audit.Search;

/// <summary>Looks through the log, newest first.</summary>
internal sealed class AuditSearch(NpgsqlDataSource database)
{
    // Words are looked for row by row: one that is nowhere would otherwise be looked for in everything.
    private const string Bound = "SET LOCAL statement_timeout = '5s'";

    private const int MostActors = 100;

    /// <summary>A page of entries.</summary>
    /// <returns>Null when it took too long.</returns>
    public async Task<Page<AuditItem>?> FindAsync(AuditQuestion question, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(Bound, cancellationToken: cancellationToken));
            var actors = question.Actor is { } actor ? await ActorsAsync(connection, actor, cancellationToken) : null;
            var rows = (await connection.QueryAsync<AuditFound>(new CommandDefinition(
                Sql(question), Parameters(question, actors, after, limit), cancellationToken: cancellationToken))).AsList();
            var next = rows.Count > limit ? new Cursor(CursorList.Audit, rows[limit - 1].Id, Guid.Empty).Encode() : null;
            return new Page<AuditItem>([.. rows.Take(limit).Select(static row => row.ToItem())], next);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.QueryCanceled && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // Only what is asked for is in the statement, so that each has the index that is made for it.
    private static string Sql(AuditQuestion question)
    {
        List<string> conditions = ["l.id < @before"];
        Add(question.Actor, "(l.actor_id = ANY(@actors) OR l.key_id = ANY(@actors))");
        Add(question.Action, question.Action?.EndsWith('.') == true ? "starts_with(l.action, @Action)" : "l.action = @Action");
        Add(question.Subject, "l.subject_id = @Subject");
        Add(question.From, "l.at >= @From");
        Add(question.To, "l.at < @To");
        Add(question.Text, "l.detail ILIKE @text");
        return $"""
            SELECT l.id, l.at, l.action, l.actor_kind, l.actor_id, u.name AS actor_name, l.key_id, l.address, l.subject_kind, l.subject_id, l.detail
            FROM audit_log l LEFT JOIN users u ON u.id = l.actor_id
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY l.id DESC
            LIMIT @limit + 1
            """;

        void Add(object? asked, string condition)
        {
            if (asked is not null)
            {
                conditions.Add(condition);
            }
        }
    }

    private static object Parameters(AuditQuestion question, Guid[]? actors, Cursor? after, int limit) => new
    {
        before = after?.Key ?? long.MaxValue,
        actors,
        question.Action,
        question.Subject,
        From = question.From ?? DateTimeOffset.MinValue,
        To = question.To ?? DateTimeOffset.MaxValue,
        text = question.Text is { } text ? $"%{LikeText.Escape(AuditText.InDetail(text))}%" : null,
        limit,
    };

    private static async Task<Guid[]> ActorsAsync(NpgsqlConnection connection, string actor, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(actor, out var id))
        {
            return [id];
        }

        const string sql = "SELECT id FROM users WHERE lower(email) = lower(@actor) OR name ILIKE @beginning ORDER BY created_at DESC LIMIT @MostActors";
        var found = await connection.QueryAsync<Guid>(new CommandDefinition(
            sql, new { actor, beginning = $"{LikeText.Escape(actor)}%", MostActors }, cancellationToken: cancellationToken));
        return [.. found];
    }
}
