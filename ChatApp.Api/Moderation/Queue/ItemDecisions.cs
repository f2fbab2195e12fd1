using ChatApp.Api.Audit;
using ChatApp.Api.People;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Moderation.Queue;

/// <summary>Decides items: each once, by whoever is first, together with what follows from it and its entry in the audit log.</summary>
internal sealed class ItemDecisions(NpgsqlDataSource database, AuditLog audit, Bans bans, TimeProvider time)
{
    // Only who finds it undecided decides; who comes at the same moment waits for the row, and then finds it decided.
    private const string Decide = """
        UPDATE moderation_log SET status = @status, decided_at = now(), decided_by = @moderator, reason = @reason
        WHERE id = @id AND status IN ('open', 'appealed')
        RETURNING user_id, source, action, message_id, original IS NOT NULL AS is_kept
        """;

    // Its text is whole for what it is: a person's message as it was said, an answer as far as it got, so that it can be continued.
    private const string GiveBackMessage = """
        UPDATE messages m SET text = l.original, status = 'complete', error_code = NULL, error_detail = NULL
        FROM moderation_log l
        WHERE l.id = @id AND m.id = l.message_id AND m.role = 'user' AND (m.status = 'blocked' OR l.action = 'redact')
        """;

    private const string GiveBackAnswer = """
        UPDATE messages m SET text = l.original, status = 'stopped', error_code = NULL, error_detail = NULL
        FROM moderation_log l
        WHERE l.id = @id AND m.id = l.message_id AND m.role = 'assistant' AND m.status = 'failed' AND m.error_code = 'blocked' AND m.text = ''
        """;

    /// <summary>It was right to say: what was done is undone, as far as that is possible.</summary>
    public async Task<ItemOutcome> ApproveAsync(Guid id, string? reason, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await DecideAsync(connection, id, ModerationStatus.Approved, reason, actor, cancellationToken) is not { } item)
        {
            return await MissingAsync(connection, id, cancellationToken);
        }

        var back = item switch
        {
            { MessageId: null } or { IsKept: false } => null,
            { Source: ModerationSource.Message } => GiveBackMessage,
            { Source: ModerationSource.Answer, Action: ModerationAction.Block } => GiveBackAnswer,
            _ => null,
        };
        if (back is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(back, new { id }, cancellationToken: cancellationToken));
        }

        await audit.AppendAsync(connection, Entry(AuditActions.ModerationApproved, id, item, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ItemOutcome.Done;
    }

    /// <summary>What was done was right.</summary>
    public async Task<ItemOutcome> UpholdAsync(Guid id, string? reason, AuditActor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await DecideAsync(connection, id, ModerationStatus.Upheld, reason, actor, cancellationToken) is not { } item)
        {
            return await MissingAsync(connection, id, cancellationToken);
        }

        await audit.AppendAsync(connection, Entry(AuditActions.ModerationUpheld, id, item, actor), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ItemOutcome.Done;
    }

    /// <summary>What was done was right, and the person is kept out.</summary>
    /// <returns>The outcome, and what the ban came to.</returns>
    public async Task<(ItemOutcome Outcome, PersonChange? Change)> BanAsync(Guid id, string reason, int? days, PeopleActor moderator, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await DecideAsync(connection, id, ModerationStatus.Banned, reason, moderator.Audit, cancellationToken) is not { } item)
        {
            return (await MissingAsync(connection, id, cancellationToken), null);
        }

        if (item.UserId is not { } userId)
        {
            return (ItemOutcome.NoBan, PersonChange.NoSuchPerson);
        }

        var until = days is { } count ? time.GetUtcNow().AddDays(count) : (DateTimeOffset?)null;
        var (change, cuts) = await bans.BanAsync(connection, userId, new Ban(until, reason), moderator, cancellationToken);
        if (change != PersonChange.Done)
        {
            return (ItemOutcome.NoBan, change);
        }

        // After the account's lock and the log's, in the order in which everybody takes them.
        await audit.AppendAsync(connection, Entry(AuditActions.ModerationBanned, id, item, moderator.Audit), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Bans.TakeEffect(cuts);
        return (ItemOutcome.Done, change);
    }

    /// <summary>Asks for another look at something of one's own. Once, while nobody has decided it, or after it was upheld unasked.</summary>
    public async Task<ItemOutcome> AppealAsync(Guid id, Guid userId, string text, AuditActor actor, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE moderation_log SET status = 'appealed', appeal = @text, appealed_at = now()
            WHERE id = @id AND user_id = @userId AND action IN ('redact', 'block') AND appeal IS NULL AND status IN ('open', 'upheld')
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, new { id, userId, text }, cancellationToken: cancellationToken)) == 0)
        {
            const string known = "SELECT appeal IS NOT NULL FROM moderation_log WHERE id = @id AND user_id = @userId AND action IN ('redact', 'block')";
            return await connection.QueryFirstOrDefaultAsync<bool?>(new CommandDefinition(known, new { id, userId }, cancellationToken: cancellationToken)) switch
            {
                null => ItemOutcome.NoItem,
                true => ItemOutcome.Appealed,
                _ => ItemOutcome.Decided,
            };
        }

        await audit.AppendAsync(
            connection, new AuditEntry(AuditActions.ModerationAppealed, actor) { SubjectKind = "moderation", SubjectId = id.ToString() }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ItemOutcome.Done;
    }

    private static Task<Decided?> DecideAsync(
        NpgsqlConnection connection, Guid id, ModerationStatus status, string? reason, AuditActor actor, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<Decided?>(new CommandDefinition(
            Decide, new { id, status = ModerationNames.Of(status), moderator = actor.Id, reason }, cancellationToken: cancellationToken));

    private static async Task<ItemOutcome> MissingAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken) =>
        await connection.QueryFirstAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT FROM moderation_log WHERE id = @id)", new { id }, cancellationToken: cancellationToken))
            ? ItemOutcome.Decided
            : ItemOutcome.NoItem;

    private static AuditEntry Entry(string action, Guid id, Decided item, AuditActor actor) => new(action, actor)
    {
        SubjectKind = "moderation",
        SubjectId = id.ToString(),
        Detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["account"] = item.UserId?.ToString() ?? "",
            ["source"] = ModerationNames.Of(item.Source),
            ["action"] = ModerationNames.Of(item.Action),
        },
    };

    private sealed record Decided
    {
        public Guid? UserId { get; init; }

        public ModerationSource Source { get; init; }

        public ModerationAction Action { get; init; }

        public Guid? MessageId { get; init; }

        public bool IsKept { get; init; }
    }
}
