using System.Text.Json;
using ChatApp.Api.Audit;
using ChatApp.Api.Database;
using ChatApp.Api.Paging;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>The policies in all their versions.</summary>
internal sealed class PolicyStore(NpgsqlDataSource database)
{
    private const string Newest = $"{PolicyRow.Select} WHERE p.version = (SELECT max(version) FROM moderation_policies WHERE scope = p.scope)";

    /// <summary>The number of the newest change of all.</summary>
    public Task<long> NewestSeqAsync(CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<long>("SELECT coalesce(max(seq), 0) FROM moderation_policies", null, cancellationToken);

    /// <summary>The policies that hold, and the newest versions of those that were taken away.</summary>
    public Task<List<PolicyRow>> ListAsync(CancellationToken cancellationToken) =>
        database.ListAsync<PolicyRow>($"{Newest} ORDER BY CASE WHEN p.scope = 'site' THEN 0 ELSE 1 END, p.scope", null, cancellationToken);

    /// <summary>The newest version; null where there never was one.</summary>
    public Task<PolicyRow?> FindAsync(string scope, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<PolicyRow>($"{PolicyRow.Select} WHERE p.scope = @scope ORDER BY p.version DESC LIMIT 1", new { scope }, cancellationToken);

    /// <summary>All versions, newest first.</summary>
    public async Task<Page<ModerationPolicy>> ListVersionsAsync(string scope, Cursor? after, int limit, CancellationToken cancellationToken)
    {
        var parameters = new { scope, before = after?.Key ?? long.MaxValue, limit };
        var rows = await database.ListAsync<PolicyRow>(
            $"{PolicyRow.Select} WHERE p.scope = @scope AND p.version < @before ORDER BY p.version DESC LIMIT @limit + 1", parameters, cancellationToken);
        var next = rows.Count > limit ? new Cursor(CursorList.PolicyVersions, rows[limit - 1].Version, Guid.Empty).Encode() : null;
        return new Page<ModerationPolicy>([.. rows.Take(limit).Select(static r => r.ToPolicy())], next);
    }

    /// <summary>Adds a version.</summary>
    /// <param name="scope">For whom it is.</param>
    /// <param name="expected">The version that it follows: 0 where there is none, null for whichever.</param>
    /// <param name="next">What it says, of what held until now; null takes the policy away.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="audit">Where it is written down, in the same transaction.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>The new version; null when another one holds than was expected, or there is nothing to take away.</returns>
    public async Task<PolicyRow?> AddAsync(
        string scope, int? expected, Func<PolicyContent, PolicyContent?> next, AuditActor actor, AuditLog audit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(hashtext('moderation_policies'))", cancellationToken: cancellationToken));
        var current = await connection.QueryFirstOrDefaultAsync<PolicyRow>(new CommandDefinition(
            $"{PolicyRow.Select} WHERE p.scope = @scope ORDER BY p.version DESC LIMIT 1", new { scope }, cancellationToken: cancellationToken));
        var content = next(current?.Read() ?? PolicyContent.Nothing);
        var holds = current is { Content: not null } ? current.Version : 0;
        if ((expected is { } version && version != holds && version != current?.Version) || (content is null && holds == 0))
        {
            return null;
        }

        var added = new
        {
            scope,
            version = (current?.Version ?? 0) + 1,
            content = content is null ? null : JsonSerializer.Serialize(content, PolicyJson.Default.PolicyContent),
            actor.Id,
        };
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO moderation_policies (scope, version, content, updated_by) VALUES (@scope, @version, @content::jsonb, @Id)", added, cancellationToken: cancellationToken));
        var row = await connection.QueryFirstAsync<PolicyRow>(new CommandDefinition(
            $"{PolicyRow.Select} WHERE p.scope = @scope AND p.version = @version", added, cancellationToken: cancellationToken));
        var entry = new AuditEntry(content is null ? AuditActions.PolicyRemoved : AuditActions.PolicyChanged, actor)
        {
            SubjectKind = "policy",
            SubjectId = scope,
            Detail = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["version"] = row.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["before"] = current?.Content ?? "",
                ["after"] = row.Content ?? "",
            },
        };
        await audit.AppendAsync(connection, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return row;
    }
}
