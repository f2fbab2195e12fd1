using ChatApp.Api.Database;
using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Knowledge.Reading;

/// <summary>The documents that are to be read, and the claims on them, by Postgres's clock.</summary>
internal sealed class DocumentQueue(NpgsqlDataSource database, IOptions<KnowledgeOptions> options)
{
    /// <summary>How long a document waits after something other than itself was to blame.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Claims what has waited longest, of whoever has the fewest in work: new ones, those whose worker went away, and those that were cut
    /// by other rules. One whose workers all went away is given up.
    /// </summary>
    public async Task<DocumentClaim?> ClaimAsync(CancellationToken cancellationToken)
    {
        const string giveUp = """
            WITH lost AS (
                UPDATE documents SET status = 'failed', lease_until = NULL, chunk_count = 0, revision = revision + 1, error_code = @code, error_detail = @detail
                WHERE status = 'processing' AND lease_until < now() AND failures + 1 >= @MaxAttempts
                RETURNING id)
            DELETE FROM document_chunks USING lost WHERE document_id = lost.id
            """;
        const string claim = """
            UPDATE documents d SET
                status = 'processing', attempt = d.attempt + 1, lease_until = now() + @Lease, progress_done = 0, progress_total = 0,
                failures = CASE d.status WHEN 'processing' THEN d.failures + 1 WHEN 'ready' THEN 0 ELSE d.failures END
            FROM (
                SELECT q.id FROM documents q
                WHERE (q.status IN ('queued', 'processing') AND coalesce(q.lease_until < now(), true)) OR (q.status = 'ready' AND q.scheme < @scheme)
                ORDER BY
                    q.status = 'ready',
                    (SELECT count(*) FROM documents p WHERE p.status = 'processing' AND p.lease_until > now() AND p.user_id = q.user_id),
                    q.created_at
                LIMIT 1
                FOR UPDATE SKIP LOCKED) next
            WHERE d.id = next.id
            RETURNING d.id, d.attempt, d.format
            """;
        var parameters = new
        {
            options.Value.Lease,
            options.Value.MaxAttempts,
            scheme = Chunker.Scheme,
            code = ParseErrors.GivenUpCode,
            detail = ParseErrors.GivenUpDetail,
        };
        await database.ExecuteAsync(giveUp, parameters, cancellationToken);
        return await database.FirstOrDefaultAsync<Row>(claim, parameters, cancellationToken) is { } row
            ? new DocumentClaim(row.Id, row.Attempt, DocumentKinds.FromStored(row.Format))
            : null;
    }

    /// <summary>Keeps the claim, and shows how far it is.</summary>
    /// <returns>False when it is lost, or the document is gone.</returns>
    public async Task<bool> RenewAsync(DocumentClaim claim, DocumentProgress progress, CancellationToken cancellationToken) => await database.ExecuteAsync(
        """
        UPDATE documents SET lease_until = now() + @Lease, progress_done = @Done, progress_total = @Total
        WHERE id = @Id AND attempt = @Attempt AND status = 'processing'
        """,
        new { claim.Id, claim.Attempt, options.Value.Lease, progress.Done, progress.Total },
        cancellationToken) > 0;

    /// <summary>Gives it back, for another worker to go on with at once.</summary>
    public Task ReturnAsync(DocumentClaim claim, CancellationToken cancellationToken) => database.ExecuteAsync(
        "UPDATE documents SET status = 'queued', lease_until = NULL WHERE id = @Id AND attempt = @Attempt AND status = 'processing'",
        new { claim.Id, claim.Attempt },
        cancellationToken);

    /// <summary>Something other than the document was to blame: it is tried again after a while, a few times.</summary>
    public Task RetryAsync(DocumentClaim claim, CancellationToken cancellationToken) => database.ExecuteAsync(
        """
        UPDATE documents SET
            failures = failures + 1,
            lease_until = now() + @Pause * power(2, failures),
            status = CASE WHEN failures + 1 >= @MaxAttempts THEN 'failed' ELSE 'queued' END,
            error_code = CASE WHEN failures + 1 >= @MaxAttempts THEN @code END,
            error_detail = CASE WHEN failures + 1 >= @MaxAttempts THEN @detail END
        WHERE id = @Id AND attempt = @Attempt AND status = 'processing'
        """,
        new { claim.Id, claim.Attempt, Pause, options.Value.MaxAttempts, code = ParseErrors.GivenUpCode, detail = ParseErrors.GivenUpDetail },
        cancellationToken);

    /// <summary>The document cannot be read.</summary>
    public Task FailAsync(DocumentClaim claim, ParseException failure, CancellationToken cancellationToken) => database.ExecuteAsync(
        """
        WITH failed AS (
            UPDATE documents SET
                status = 'failed', lease_until = NULL, failures = 0, chunk_count = 0, revision = revision + 1, error_code = @Code, error_detail = @Message
            WHERE id = @Id AND attempt = @Attempt AND status = 'processing'
            RETURNING id)
        DELETE FROM document_chunks USING failed WHERE document_id = failed.id
        """,
        new { claim.Id, claim.Attempt, failure.Code, failure.Message },
        cancellationToken);

    private sealed record Row
    {
        public Guid Id { get; init; }

        public int Attempt { get; init; }

        public string Format { get; init; } = "";
    }
}
