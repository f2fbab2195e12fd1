using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using Npgsql;

namespace ChatApp.Api.Accounts.Sessions;

/// <summary>Ends sessions: their refresh tokens, and at once their access tokens and what is open with them.</summary>
internal sealed class SessionEnding(NpgsqlDataSource database, AccessCutoffs cutoffs, AuditLog audit, TimeProvider time)
{
    /// <summary>
    /// Ends, in the transaction that the connection is in, the sessions of an account, but for one if it is given. What comes back is to
    /// <see cref="PendingCutoff.TakeEffect"/> after the commit. Why it was done is for the caller to audit.
    /// </summary>
    /// <param name="connection">A connection with a transaction.</param>
    /// <param name="userId">The account.</param>
    /// <param name="exceptSessionId">The session that goes on.</param>
    /// <param name="reason">One of <see cref="SessionEnd"/>, or another name of 40 characters at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PendingCutoff> EndAllAsync(
        NpgsqlConnection connection, Guid userId, Guid? exceptSessionId, string reason, CancellationToken cancellationToken)
    {
        var ended = await SessionStore.EndAllAsync(connection, userId, exceptSessionId, reason, time.GetUtcNow(), cancellationToken);
        return await cutoffs.EndAsync(connection, ended, cancellationToken);
    }

    /// <summary>Ends all sessions of an account but for one, as their owner wants it.</summary>
    public async Task EndOthersAsync(HttpContext context, Guid userId, Guid? exceptSessionId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var ended = await EndAllAsync(connection, userId, exceptSessionId, SessionEnd.Revoked, cancellationToken);
        if (ended.Count > 0)
        {
            await audit.AppendAsync(connection, Entry(context, null, SessionEnd.Revoked), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        ended.TakeEffect();
    }

    /// <summary>Ends a session of an account, as its owner wants it.</summary>
    /// <returns>False when there is no such session, or it has ended before.</returns>
    public async Task<bool> EndAsync(HttpContext context, Guid userId, Guid sessionId, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await SessionStore.EndAsync(connection, userId, sessionId, reason, time.GetUtcNow(), cancellationToken) is not [_, ..] sessions)
        {
            return false;
        }

        var ended = await cutoffs.EndAsync(connection, sessions, cancellationToken);
        await audit.AppendAsync(connection, Entry(context, sessionId, reason), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        ended.TakeEffect();
        return true;
    }

    private static AuditEntry Entry(HttpContext context, Guid? sessionId, string reason) =>
        new(reason == SessionEnd.SignedOut ? AuditActions.SignedOut : AuditActions.SessionEnded, AuditActor.Of(context))
        {
            SubjectKind = "session",
            SubjectId = sessionId?.ToString(),
            Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = reason, ["which"] = sessionId is null ? "all others" : "one" },
        };
}
