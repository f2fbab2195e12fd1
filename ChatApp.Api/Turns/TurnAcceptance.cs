using System.Diagnostics;
using ChatApp.Api.Conversations;
using ChatApp.Api.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Turns;

/// <summary>Takes a message in: the message, the empty answer and the queued turn, all or nothing, in one round trip.</summary>
internal sealed class TurnAcceptance(NpgsqlDataSource database, IOptions<TurnOptions> options)
{
    // Each statement sees what was committed before it began, so after the locks the last one sees every turn that an
    // earlier post of this person made. The user's lock guards the load limit, the conversation's row guards against a fork.
    private const string Sql = $"""
        SELECT pg_advisory_xact_lock(hashtextextended(@userId::text, 0));
        SELECT id FROM conversations WHERE id = @conversationId AND user_id = @userId FOR UPDATE;
        WITH place AS (
            SELECT c.id, c.current_message_id, coalesce(m.depth + 1, 0) AS depth
            FROM conversations c LEFT JOIN messages m ON m.id = c.current_message_id
            WHERE c.id = @conversationId AND c.user_id = @userId),
        same AS (
            SELECT t.id, m.text = @text AS same_text
            FROM turns t JOIN place ON place.id = t.conversation_id JOIN messages m ON m.id = t.user_message_id
            WHERE t.idempotency_key = @idempotencyKey),
        busy AS (SELECT id FROM turns WHERE conversation_id = @conversationId AND status IN ('queued', 'running')),
        load AS (SELECT count(*) AS turns FROM turns WHERE user_id = @userId AND status IN ('queued', 'running')),
        free AS (
            SELECT place.* FROM place, load
            WHERE NOT EXISTS (SELECT FROM same) AND NOT EXISTS (SELECT FROM busy) AND load.turns < @limit),
        said AS (
            INSERT INTO messages (id, conversation_id, parent_id, depth, turn_id, role, text, status)
            SELECT @userMessageId, id, current_message_id, depth, @turnId, 'user', @text, 'complete' FROM free),
        answer AS (
            INSERT INTO messages (id, conversation_id, parent_id, depth, turn_id, role, status)
            SELECT @assistantMessageId, id, @userMessageId, depth + 1, @turnId, 'assistant', 'pending' FROM free),
        turn AS (
            INSERT INTO turns (id, conversation_id, user_id, user_message_id, assistant_message_id, idempotency_key, trace_parent, trace_state)
            SELECT @turnId, id, @userId, @userMessageId, @assistantMessageId, @idempotencyKey, @traceParent, @traceState FROM free
            RETURNING created_at),
        touched AS (
            UPDATE conversations
            SET current_message_id = @assistantMessageId,
                updated_at = now(),
                title = CASE WHEN title = '' AND free.current_message_id IS NULL THEN @title ELSE title END
            FROM free WHERE conversations.id = free.id)
        SELECT EXISTS (SELECT FROM place) AS found,
               (SELECT id FROM same) AS earlier_turn,
               (SELECT same_text FROM same) AS same_text,
               EXISTS (SELECT FROM busy) AS busy,
               (SELECT created_at FROM turn) AS accepted_at
        """;

    public async Task<Acceptance> AcceptAsync(
        Guid conversationId, Guid userId, string text, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var turnId = Guid.CreateVersion7();
        var userMessageId = Guid.CreateVersion7();
        var assistantMessageId = Guid.CreateVersion7();
        var trace = Activity.Current;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var result = await connection.LastResultAsync<Row>(
            Sql,
            new
            {
                conversationId,
                userId,
                text,
                idempotencyKey,
                turnId,
                userMessageId,
                assistantMessageId,
                title = ConversationTitle.From(text),
                limit = options.Value.MaxActivePerUser,
                traceParent = trace?.Id,
                traceState = trace?.TraceStateString,
            },
            cancellationToken);

        return result switch
        {
            null or { Found: false } => new Acceptance.NoConversation(),
            { AcceptedAt: { } acceptedAt } => new Acceptance.Accepted(new Turn(
                turnId, conversationId, TurnStatus.Queued, userMessageId, assistantMessageId, TurnRoutes.Events(turnId), acceptedAt, null, null)),
            { EarlierTurn: { } earlier, SameText: true } => new Acceptance.Repeated(earlier),
            { EarlierTurn: not null } => new Acceptance.KeyReused(),
            { Busy: true } => new Acceptance.Busy(),
            _ => new Acceptance.TooMany(),
        };
    }

    private sealed record Row
    {
        public bool Found { get; init; }

        public Guid? EarlierTurn { get; init; }

        public bool? SameText { get; init; }

        public bool Busy { get; init; }

        public DateTimeOffset? AcceptedAt { get; init; }
    }
}
