using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Tokens;
using ChatApp.Api.Audit;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Accounts.Sessions;

/// <summary>Begins sessions and goes on with them.</summary>
internal sealed class SessionIssuer(
    NpgsqlDataSource database, SecretBox secrets, AccessTokens tokens, AccessCutoffs cutoffs, AuditLog audit, IOptions<AuthOptions> options, TimeProvider time)
{
    /// <summary>How long the token before the newest is still taken: its answer may have been lost, or two windows asked at once.</summary>
    public static readonly TimeSpan LostAnswer = TimeSpan.FromSeconds(60);

    /// <summary>Begins a session for somebody who has shown who they are. Whether the account may be used is for the caller to have seen.</summary>
    public async Task<SignedIn> BeginAsync(Guid userId, HttpContext context, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var signedIn = await BeginAsync(connection, userId, context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return signedIn;
    }

    /// <summary>Begins a session in the transaction that the connection is in; what comes back is good after the commit.</summary>
    public async Task<SignedIn> BeginAsync(NpgsqlConnection connection, Guid userId, HttpContext context, CancellationToken cancellationToken)
    {
        // Locked, so that nothing takes the account's tokens back between this look and the commit.
        var account = await AccountStore.LockAsync(connection, userId, cancellationToken)
            ?? throw new InvalidOperationException("A session was begun for an account that does not exist.");
        var now = time.GetUtcNow();
        var caller = SessionCaller.Of(context);
        var session = new SessionRow
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            RefreshedAt = now,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = EndOf(now, now),
            Address = caller.Address,
            UserAgent = caller.UserAgent,
        };
        await SessionStore.AddAsync(connection, session, cancellationToken);
        var surplus = await SessionStore.EndSurplusAsync(connection, userId, SessionEnd.Surplus, now, cancellationToken);
        // Other processes find them; this one need not be told at once.
        await cutoffs.EndAsync(connection, surplus, cancellationToken);
        return await SignedInAsync(account, session, cancellationToken);
    }

    /// <summary>The next tokens for a refresh token. One that was used before ends its session, for two have it then.</summary>
    /// <returns>Null when the session has ended, or the token is none.</returns>
    public async Task<SignedIn?> RefreshAsync(string refreshToken, HttpContext context, CancellationToken cancellationToken)
    {
        if (RefreshToken.Decode(secrets, refreshToken) is not { } token)
        {
            return null;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await SessionStore.LockAsync(connection, token.SessionId, cancellationToken) is not { EndedAt: null } session || session.ExpiresAt <= now)
        {
            return null;
        }

        var isLostAnswer = token.Counter == session.Counter - 1 && now - session.RefreshedAt <= LostAnswer;
        var account = await AccountStore.FindAsync(connection, session.UserId, cancellationToken);
        var refusal = token.Counter != session.Counter && !isLostAnswer ? SessionEnd.Reused
            : account is null || account.IsClosed(now) ? SessionEnd.AccountClosed
            : null;
        if (refusal is not null)
        {
            var ended = await EndAsync(connection, session, refusal, context, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            ended.TakeEffect();
            return null;
        }

        if (!isLostAnswer)
        {
            session = Next(session, SessionCaller.Of(context), now);
            await SessionStore.UpdateAsync(connection, session, cancellationToken);
        }

        var signedIn = await SignedInAsync(account!, session, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return signedIn;
    }

    private async Task<PendingCutoff> EndAsync(
        NpgsqlConnection connection, SessionRow session, string reason, HttpContext context, CancellationToken cancellationToken)
    {
        var ended = await SessionStore.EndAsync(connection, session.UserId, session.Id, reason, time.GetUtcNow(), cancellationToken);
        var pending = await cutoffs.EndAsync(connection, ended, cancellationToken);
        await audit.AppendAsync(
            connection,
            // Who asks is not known: it may be the thief or the owner.
            new AuditEntry(reason == SessionEnd.Reused ? AuditActions.RefreshReused : AuditActions.SessionEnded, AuditActor.Of(context) with { Id = session.UserId })
            {
                SubjectKind = "session",
                SubjectId = session.Id.ToString(),
                Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = reason },
            },
            cancellationToken);
        return pending;
    }

    private SessionRow Next(SessionRow session, SessionCaller caller, DateTimeOffset now) => session with
    {
        Counter = session.Counter + 1,
        RefreshedAt = now,
        LastSeenAt = now,
        ExpiresAt = EndOf(session.CreatedAt, now),
        Address = caller.Address,
        UserAgent = caller.UserAgent,
    };

    private DateTimeOffset EndOf(DateTimeOffset created, DateTimeOffset now)
    {
        var (idle, whole) = (now + options.Value.SessionIdleLifetime, created + options.Value.SessionLifetime);
        return idle < whole ? idle : whole;
    }

    private async Task<SignedIn> SignedInAsync(Account account, SessionRow session, CancellationToken cancellationToken)
    {
        var (token, expires) = await tokens.IssueAsync(account, session.Id, session.ExpiresAt, cancellationToken);
        return new SignedIn(token, expires, new RefreshToken(session.Id, session.Counter).Encode(secrets), session.ExpiresAt, account.ToUser());
    }
}
