using System.Text.Json;
using ChatApp.Api.Database;
using ChatApp.Api.Turns.Events;
using Npgsql;

namespace ChatApp.Api.Turns;

/// <summary>Reading and stopping turns, for their owner only.</summary>
internal sealed class TurnStore(NpgsqlDataSource database)
{
    public Task<TurnRow?> FindAsync(Guid id, Guid userId, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<TurnRow>($"{TurnRow.Select} WHERE t.id = @id AND t.user_id = @userId", new { id, userId }, cancellationToken);

    /// <summary>What the turn's answer was given.</summary>
    /// <returns>Null when there is no such turn.</returns>
    public async Task<TurnRecall?> RecallAsync(Guid id, Guid userId, CancellationToken cancellationToken)
    {
        const string sql = "SELECT coalesce(recall::text, '') FROM turns WHERE id = @id AND user_id = @userId";
        var recall = await database.FirstOrDefaultAsync<string>(sql, new { id, userId }, cancellationToken);
        return recall is "" ? TurnRecall.None : recall is null ? null : JsonSerializer.Deserialize(recall, TurnEventJson.Compact.TurnRecall);
    }

    /// <summary>Asks for the turn to be stopped. One that no worker has yet is cancelled by this alone.</summary>
    /// <returns>The turn as it is now, and whether this call ended it or asked its worker to; null when there is no such turn.</returns>
    public async Task<(TurnRow Turn, bool Ended, bool Asked)?> CancelAsync(Guid id, Guid userId, CancellationToken cancellationToken)
    {
        // Claiming locks the same row, so a turn is either still queued here or already has a worker that will read the request.
        const string sql = """
            WITH asked AS (
                UPDATE turns
                SET cancel_requested_at = coalesce(cancel_requested_at, now()),
                    status = CASE status WHEN 'queued' THEN 'cancelled' ELSE status END,
                    event_seq = CASE status WHEN 'queued' THEN event_seq + 1 ELSE event_seq END,
                    finished_at = CASE status WHEN 'queued' THEN now() END
                WHERE id = @id AND user_id = @userId AND status IN ('queued', 'running')
                RETURNING assistant_message_id, status),
            message AS (
                UPDATE messages SET status = 'stopped' FROM asked
                WHERE messages.id = asked.assistant_message_id AND asked.status = 'cancelled')
            SELECT status FROM asked
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var status = await connection.LastResultAsync<string>(sql, new { id, userId }, cancellationToken);
        var turn = await connection.LastResultAsync<TurnRow>(
            $"{TurnRow.Select} WHERE t.id = @id AND t.user_id = @userId", new { id, userId }, cancellationToken);
        return turn is null ? null : (turn, status == "cancelled", status == "running");
    }
}
