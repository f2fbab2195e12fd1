using ChatApp.Api.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Turns.Running;

/// <summary>Who works on what. Postgres is the judge, by its own clock; every write names the attempt that it belongs to.</summary>
internal sealed class TurnQueue(NpgsqlDataSource database, IOptions<TurnOptions> options)
{
    private const string Claimed = """
        RETURNING t.id, t.conversation_id, t.user_message_id, t.assistant_message_id, t.attempt, t.failures, t.losses, t.last_error,
                  t.event_seq, t.recall_seq, t.cancel_requested_at IS NOT NULL AS cancel_requested, t.trace_parent, t.trace_state,
                  extract(epoch FROM clock_timestamp() - t.created_at)::double precision * 1000 AS age_ms,
                  extract(epoch FROM clock_timestamp() - t.started_at)::double precision * 1000 AS started_ms
        """;

    // A worker that dies leaves as many turns as it ran, and several workers look at once.
    private const int MaxLooked = 500;

    /// <summary>This process, as the table shows it.</summary>
    public string Worker { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Takes queued turns, the longest waiting first.</summary>
    public Task<List<ClaimedTurn>> ClaimAsync(int count, CancellationToken cancellationToken)
    {
        const string sql = $"""
            WITH next AS (
                SELECT id FROM turns WHERE status = 'queued' AND run_after <= now()
                ORDER BY created_at LIMIT @count FOR UPDATE SKIP LOCKED)
            UPDATE turns t
            SET status = 'running', attempt = t.attempt + 1, claimed_seq = t.event_seq, worker = @Worker, lease_until = now() + @lease,
                started_at = coalesce(t.started_at, now())
            FROM next WHERE t.id = next.id
            {Claimed}, false AS abandoned
            """;
        return database.ListAsync<ClaimedTurn>(sql, new { count, Worker, lease = options.Value.Lease }, cancellationToken);
    }

    /// <summary>
    /// Takes running turns whose worker has given no sign of life for a whole lease. An attempt that got nowhere counts as
    /// failed: perhaps it is what ended the worker. Turns that have only one attempt left are taken <paramref name="lastChances"/> at
    /// most, so that one which does end workers is found out alone.
    /// </summary>
    public Task<List<ClaimedTurn>> ReclaimAsync(int count, int lastChances, CancellationToken cancellationToken)
    {
        const string sql = $"""
            WITH lost AS MATERIALIZED (
                SELECT id, lease_until, failures + CASE WHEN event_seq > claimed_seq THEN 0 ELSE 1 END AS failures
                FROM turns WHERE status = 'running' AND lease_until < now()
                ORDER BY lease_until LIMIT @MaxLooked),
            chosen AS (
                (SELECT id FROM lost WHERE failures <> @maxAttempts - 1 ORDER BY lease_until LIMIT @count)
                UNION ALL
                (SELECT id FROM lost WHERE failures = @maxAttempts - 1 ORDER BY lease_until LIMIT @lastChances)),
            next AS (
                SELECT id, worker FROM turns WHERE id IN (SELECT id FROM chosen) AND status = 'running' AND lease_until < now()
                FOR UPDATE SKIP LOCKED)
            UPDATE turns t
            SET attempt = t.attempt + 1, claimed_seq = t.event_seq, losses = t.losses + 1,
                failures = t.failures + CASE WHEN t.event_seq > t.claimed_seq THEN 0 ELSE 1 END,
                last_error = 'The worker ' || next.worker || ' went away.', worker = @Worker, lease_until = now() + @lease
            FROM next WHERE t.id = next.id
            {Claimed}, true AS abandoned
            """;
        var parameters = new
        {
            count,
            lastChances = Math.Min(count, lastChances),
            maxAttempts = options.Value.MaxAttempts,
            MaxLooked,
            Worker,
            lease = options.Value.Lease,
        };
        return database.ListAsync<ClaimedTurn>(sql, parameters, cancellationToken);
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

    /// <summary>Those of the given turns that their person wants stopped.</summary>
    public Task<List<Guid>> CancelledAsync(Guid[] ids, CancellationToken cancellationToken) => database.ListAsync<Guid>(
        "SELECT id FROM turns WHERE id = ANY(@ids) AND cancel_requested_at IS NOT NULL", new { ids }, cancellationToken);

    /// <summary>Gives a turn back, with what it has so far: after a failed attempt, or unharmed when this process stops.</summary>
    /// <param name="turn">The turn, as it was claimed.</param>
    /// <param name="answer">What there is of the answer.</param>
    /// <param name="error">What went wrong; null when nothing did.</param>
    /// <param name="counts">Whether it counts as one of the attempts that may end badly.</param>
    /// <param name="delay">How long nobody is to try again.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>False when it was not this attempt's any more.</returns>
    public async Task<bool> GiveBackAsync(
        ClaimedTurn turn, AnswerState answer, string? error, bool counts, TimeSpan delay, CancellationToken cancellationToken)
    {
        const string sql = """
            WITH turn AS (
                UPDATE turns
                SET status = 'queued', worker = NULL, lease_until = NULL, run_after = now() + @delay, event_seq = @Seq,
                    failures = failures + CASE WHEN @counts THEN 1 ELSE 0 END, last_error = coalesce(@error, last_error)
                WHERE id = @Id AND attempt = @Attempt AND status = 'running'
                RETURNING assistant_message_id),
            message AS (UPDATE messages SET text = @Text FROM turn WHERE messages.id = turn.assistant_message_id)
            SELECT count(*) FROM turn
            """;
        var parameters = new { turn.Id, turn.Attempt, answer.Seq, answer.Text, error, counts, delay };
        return await database.FirstOrDefaultAsync<long>(sql, parameters, cancellationToken) == 1;
    }

    /// <summary>One turn's lease as it was renewed.</summary>
    internal sealed record Lease
    {
        public Guid Id { get; init; }

        public bool CancelRequested { get; init; }
    }
}
