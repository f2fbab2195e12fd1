using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using EntryResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<ChatApp.Api.Accounts.SignedIn>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ChatApp.Api.Accounts.SecondFactor.SecondFactorWanted>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace ChatApp.Api.Accounts;

/// <summary>The one door: what somebody gets who has shown who they are, by a password, elsewhere, or by a code after either.</summary>
internal sealed class Entry(
    NpgsqlDataSource database, SessionIssuer sessions, SecondFactorTickets tickets, AuditLog audit, IOptions<AuthOptions> options, TimeProvider time)
{
    /// <summary>Lets an account in, or says what is still wanted of it.</summary>
    /// <param name="account">Whose first factor was right, as it was then.</param>
    /// <param name="how">By what, for the audit log: <c>password</c>, or a provider's name.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<EntryResult> EnterAsync(Account account, string how, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Locked, and looked at again: a ban or a new password that came meanwhile has ended all sessions that it saw.
        var current = await AccountStore.LockAsync(connection, account.Id, cancellationToken);
        if (Refusal(current) is { } refused)
        {
            return refused;
        }

        if (current!.PasswordHash != account.PasswordHash || current.SecondFactor != account.SecondFactor)
        {
            return AccountProblems.ChangedMeanwhile();
        }

        EntryResult result = current.SecondFactor
            ? TypedResults.Accepted((string?)null, await tickets.MakeAsync(connection, account.Id, cancellationToken))
            : TypedResults.Ok(await BeginAsync(connection, account.Id, how, context, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Lets an account in whose second factor was right too.</summary>
    /// <param name="ticketId">What the first factor gave, which is used up.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="kind">What kind of code it was, for the audit log.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<EntryResult> EnterWithCodeAsync(Guid ticketId, Guid userId, SecondFactorKind kind, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The account before the ticket, as a new password takes them.
        if (Refusal(await AccountStore.LockAsync(connection, userId, cancellationToken)) is { } refused)
        {
            return refused;
        }

        if (!await SecondFactorTickets.EndAsync(connection, ticketId, cancellationToken))
        {
            return AccountProblems.TicketEnded();
        }

        var signedIn = await BeginAsync(connection, userId, kind == SecondFactorKind.RecoveryCode ? "recovery code" : "code", context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(signedIn);
    }

    /// <summary>Begins the session of an account that was made just now.</summary>
    public async Task<SignedIn> BeginFirstAsync(Account account, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await sessions.BeginAsync(account.Id, context, cancellationToken);
    }

    private async Task<SignedIn> BeginAsync(NpgsqlConnection connection, Guid userId, string how, HttpContext context, CancellationToken cancellationToken)
    {
        var signedIn = await sessions.BeginAsync(connection, userId, context, cancellationToken);
        await audit.AppendAsync(
            connection,
            new AuditEntry(AuditActions.SignedIn, AuditActor.Of(context, userId)) { Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = how } },
            cancellationToken);
        return signedIn;
    }

    private ProblemHttpResult? Refusal(Account? account) =>
        account is not { DeletionRequestedAt: null } ? AccountProblems.Gone()
        : account.IsClosed(time.GetUtcNow()) ? AccountProblems.Banned(account)
        : options.Value.RequireConfirmedEmail && account.EmailConfirmedAt is null ? AccountProblems.EmailNotConfirmed()
        : null;
}
