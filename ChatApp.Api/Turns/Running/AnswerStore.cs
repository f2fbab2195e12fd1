using System.Text.Json;
using ChatApp.Api.Conversations;
using ChatApp.Api.Database;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Turns.Events;
using Npgsql;

namespace ChatApp.Api.Turns.Running;

/// <summary>Saves what a worker writes. Each write says which attempt makes it, and is refused when that is not the newest.</summary>
internal sealed class AnswerStore(NpgsqlDataSource database)
{
    /// <summary>Saves the answer so far. A checkpoint that comes after a newer one changes nothing.</summary>
    /// <returns>False when the turn is not this attempt's any more.</returns>
    public async Task<bool> CheckpointAsync(ClaimedTurn turn, AnswerState answer, CancellationToken cancellationToken)
    {
        const string sql = """
            WITH turn AS (
                UPDATE turns SET event_seq = greatest(event_seq, @Seq)
                WHERE id = @Id AND attempt = @Attempt AND status = 'running'
                RETURNING assistant_message_id, event_seq),
            message AS (
                UPDATE messages SET text = @Text, status = 'streaming' FROM turn
                WHERE messages.id = turn.assistant_message_id AND turn.event_seq = @Seq)
            SELECT count(*) FROM turn
            """;
        return await database.FirstOrDefaultAsync<long>(sql, new { turn.Id, turn.Attempt, answer.Seq, answer.Text }, cancellationToken) == 1;
    }

    /// <summary>
    /// Saves what was recalled for the answer, with the number of the event that tells it. That an attempt has recalled something does
    /// not mean that it got anywhere with the answer.
    /// </summary>
    /// <param name="turn">The turn, as it was claimed.</param>
    /// <param name="recall">What was recalled.</param>
    /// <param name="answer">The answer so far, and the event's number; without an event, the number of the newest one.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>False when the turn is not this attempt's any more.</returns>
    public async Task<bool> RecalledAsync(ClaimedTurn turn, TurnRecall recall, AnswerState answer, CancellationToken cancellationToken)
    {
        const string sql = """
            WITH turn AS (
                UPDATE turns
                SET recall = @recall::jsonb, recall_seq = CASE WHEN @IsTold THEN @Seq ELSE 0 END, recall_offset = @length,
                    event_seq = greatest(event_seq, @Seq), claimed_seq = greatest(claimed_seq, @Seq)
                WHERE id = @Id AND attempt = @Attempt AND status = 'running'
                RETURNING assistant_message_id),
            message AS (
                UPDATE messages SET text = @Text FROM turn WHERE messages.id = turn.assistant_message_id AND messages.text <> @Text)
            SELECT count(*) FROM turn
            """;
        var parameters = new
        {
            turn.Id,
            turn.Attempt,
            answer.Seq,
            answer.Text,
            recall.IsTold,
            length = answer.Text.Length,
            recall = JsonSerializer.Serialize(recall, TurnEventJson.Compact.TurnRecall),
        };
        return await database.FirstOrDefaultAsync<long>(sql, parameters, cancellationToken) == 1;
    }

    /// <summary>
    /// Reads what there is of the answer. To be asked after the claim, which shuts out every earlier attempt: only then do the text
    /// and the claim's <see cref="ClaimedTurn.EventSeq"/> belong together.
    /// </summary>
    public async Task<WrittenAnswer> ReadAsync(ClaimedTurn turn, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT m.text, coalesce(length(o.text), 0) AS given_length, t.recall_offset,
                   CASE WHEN t.recall_seq > 0 THEN t.recall::text END AS recall
            FROM turns t
            JOIN messages m ON m.id = t.assistant_message_id
            LEFT JOIN messages o ON o.id = t.origin_message_id AND t.kind = 'continue'
            WHERE t.id = @Id
            """;
        return await database.FirstOrDefaultAsync<WrittenAnswer>(sql, new { turn.Id }, cancellationToken) ?? new WrittenAnswer();
    }

    /// <summary>Begins the text anew: readers whose cursor is before <paramref name="restartSeq"/> drop what they have.</summary>
    /// <param name="turn">The turn, as it was claimed.</param>
    /// <param name="restartSeq">The number of the event that says so.</param>
    /// <param name="answer">What readers have after it.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>False when the turn is not this attempt's any more.</returns>
    public async Task<bool> RestartAsync(ClaimedTurn turn, long restartSeq, AnswerState answer, CancellationToken cancellationToken)
    {
        const string sql = """
            WITH turn AS (
                UPDATE turns SET event_seq = @Seq, restart_seq = @restartSeq
                WHERE id = @Id AND attempt = @Attempt AND status = 'running'
                RETURNING assistant_message_id),
            message AS (UPDATE messages SET text = @Text FROM turn WHERE messages.id = turn.assistant_message_id)
            SELECT count(*) FROM turn
            """;
        var parameters = new { turn.Id, turn.Attempt, restartSeq, answer.Seq, answer.Text };
        return await database.FirstOrDefaultAsync<long>(sql, parameters, cancellationToken) == 1;
    }

    /// <summary>Ends the turn, and keeps what was decided about its texts.</summary>
    /// <returns>False when the turn is not this attempt's any more.</returns>
    public Task<bool> FinishAsync(
        ClaimedTurn turn, AnswerState answer, TurnOutcome outcome, TurnUsage? usage, CancellationToken cancellationToken) =>
        FinishAsync(new AnswerEnd(turn, answer, outcome, usage), cancellationToken);

    /// <summary>Ends the turn, and keeps what was decided about its texts.</summary>
    /// <returns>False when the turn is not this attempt's any more.</returns>
    public async Task<bool> FinishAsync(AnswerEnd end, CancellationToken cancellationToken)
    {
        const string sql = $"""
            WITH turn AS (
                UPDATE turns
                SET status = @status, event_seq = @Seq, finished_at = now(), worker = NULL, lease_until = NULL,
                    finish_reason = @FinishReason, error_code = @code, error_detail = @detail, last_error = coalesce(@cause, last_error),
                    input_tokens = @InputTokens, output_tokens = @OutputTokens,
                    time_to_first_token_ms = @TimeToFirstTokenMs, tokens_per_second = @TokensPerSecond,
                    moderated = @Moderated, restart_seq = CASE WHEN @Moderated IS NULL THEN restart_seq ELSE @ModeratedSeq END
                WHERE id = @Id AND attempt = @Attempt AND status = 'running'
                RETURNING conversation_id, user_message_id, assistant_message_id),
            decided AS ({ModerationLog.Insert} WHERE EXISTS (SELECT FROM turn) {ModerationLog.Once}),
            -- What was said is in the log now, and nowhere else.
            said AS (
                UPDATE messages SET text = '', status = 'blocked', error_code = @code, error_detail = @detail
                FROM turn WHERE @isSaid AND messages.id = turn.user_message_id),
            untitled AS (
                UPDATE conversations SET title = '' FROM turn
                WHERE @isSaid AND conversations.id = turn.conversation_id AND conversations.title = @title),
            message AS (
                UPDATE messages SET text = @Text, status = @messageStatus, error_code = @code, error_detail = @detail
                FROM turn WHERE messages.id = turn.assistant_message_id)
            SELECT count(*) FROM turn
            """;
        var (turn, outcome, block) = (end.Turn, end.Outcome, end.Outcome.Block);
        var (status, messageStatus) = outcome.Status switch
        {
            TurnStatus.Completed => ("completed", "complete"),
            TurnStatus.Cancelled => ("cancelled", "stopped"),
            _ => ("failed", "failed"),
        };
        var isSaid = block is { Source: ModerationSource.Message };
        var parameters = new
        {
            turn.Id,
            turn.Attempt,
            end.Answer.Seq,
            end.Answer.Text,
            status,
            messageStatus,
            outcome.FinishReason,
            code = outcome.Failure?.Code,
            detail = outcome.Failure?.Detail,
            cause = outcome.Failure?.Cause,
            end.Usage?.InputTokens,
            end.Usage?.OutputTokens,
            end.Usage?.TimeToFirstTokenMs,
            end.Usage?.TokensPerSecond,
            end.Moderated,
            end.ModeratedSeq,
            decisions = ModerationLog.Write(block is null ? end.Decisions : [.. end.Decisions, block.Decision]),
            isSaid,
            title = isSaid ? ConversationTitle.From(block!.Decision.Original ?? "") : "",
        };
        return await database.FirstOrDefaultAsync<long>(sql, parameters, cancellationToken) == 1;
    }
}
