using ChatApp.Api.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Turns.Running;

/// <summary>Who works on what. Postgres is the judge, by its own clock; every write names the attempt that it belongs to.</summary>
internal sealed class TurnQueue(NpgsqlDataSource database, IOptions<TurnOptions> options)
{
    private const string Claimed = """
        RETURNING t.id, t.conversation_id, t.user_message_id, t.assistant_message_id, t.attempt, t.failures, t.last_error,
                  t.event_seq, t.cancel_requested_at IS NOT NULL AS cancel_requested, t.trace_parent, t.trace_state,
                  extract(epoch FROM clock_timestamp() - t.created_at)::double precision * 1000 AS age_ms
        """;

    /// <summary>This process, as the table shows it.</summary>
    public string Worker { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Takes queued turns, the longest waiting first.</summary>
    public Task<List<ClaimedTurn>> ClaimAsync(int count, CancellationToken cancellationToken)
    {
        const string sql = $"""
            WITH next AS (
                SELECT id FROM turns WHERE status = 'queued' AND run_after <= now()
                ORDER BY run_after, created_at LIMIT @count FOR UPDATE SKIP LOCKED)
            UPDATE turns t
            SET status = 'running', attempt = t.attempt + 1, worker = @Worker, lease_until = now() + @lease,
                started_at = coalesce(t.started_at, now())
            FROM next WHERE t.id = next.id
            {Claimed}, false AS abandoned
            """;
        return database.ListAsync<ClaimedTurn>(sql, new { count, Worker, lease = options.Value.Lease }, cancellationToken);
    }

    /// <summary>Takes running turns whose worker has given no sign of life for a whole lease.</summary>
    public Task<List<ClaimedTurn>> ReclaimAsync(int count, CancellationToken cancellationToken)
    {
        const string sql = $"""
            WITH next AS (
                SELECT id, worker FROM turns WHERE status = 'running' AND lease_until < now()
                ORDER BY lease_until LIMIT @count FOR UPDATE SKIP LOCKED)
            UPDATE turns t
            SET attempt = t.attempt + 1, failures = t.failures + 1, last_error = 'The worker ' || next.worker || ' went away.',
                worker = @Worker, lease_until = now() + @lease
            FROM next WHERE t.id = next.id
            {Claimed}, true AS abandoned
            """;
        return database.ListAsync<ClaimedTurn>(sql, new { count, Worker, lease = options.Value.Lease }, cancellationToken);
    }

    /// <summary>Renews the leases of the given turns.</summary>
    /// <returns>Those that are still this worker's, and whether their person wants them stopped.</returns>
    public Task<List<Lease>> RenewAsync(Guid[] ids, int[] attempts, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE turns t SET lease_until = now() + @lease
            FROM unnest(@ids, @attempts) AS mine (id, attempt)
            WHERE t.id = mine.id AND t.attempt = mine.attempt AND t.status = 'running'
            RETURNING t.id, t.cancel_requested_at IS NOT NULL AS cancel_requested
            """;
        return database.ListAsync<Lease>(sql, new { ids, attempts, lease = options.Value.Lease }, cancellationToken);
    }

    /// <summary>Gives a turn back, with what it has so far: after a failed attempt, or unharmed when this process stops.</summary>
    /// <returns>False when it was not this attempt's any more.</returns>
    public async Task<bool> GiveBackAsync(ClaimedTurn turn, AnswerState answer, string? error, TimeSpan delay, CancellationToken cancellationToken)
    {
        const string sql = """
            WITH turn AS (
                UPDATE turns
                SET status = 'queued', worker = NULL, lease_until = NULL, run_after = now() + @delay, event_seq = @Seq,
                    failures = failures + CASE WHEN @error IS NULL THEN 0 ELSE 1 END, last_error = coalesce(@error, last_error)
                WHERE id = @Id AND attempt = @Attempt AND status = 'running'
                RETURNING assistant_message_id),
            message AS (UPDATE messages SET text = @Text FROM turn WHERE messages.id = turn.assistant_message_id)
            SELECT count(*) FROM turn
            """;
        var parameters = new { turn.Id, turn.Attempt, answer.Seq, answer.Text, error, delay };
        return await database.FirstOrDefaultAsync<long>(sql, parameters, cancellationToken) == 1;
    }

    /// <summary>One turn's lease as it was renewed.</summary>
    internal sealed record Lease
    {
        public Guid Id { get; init; }

        public bool CancelRequested { get; init; }
    }
}
