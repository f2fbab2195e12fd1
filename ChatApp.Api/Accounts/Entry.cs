using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Api.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using EntryResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<ChatApp.Api.Accounts.SignedIn>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ChatApp.Api.Accounts.SecondFactor.SecondFactorWanted>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace ChatApp.Api.Accounts;

/// <summary>The one door: what somebody gets who has shown who they are, by a password, elsewhere, or by a code after either.</summary>
internal sealed class Entry(AccessTokens tokens, SecondFactorTickets tickets, AuditLog audit, IOptions<AuthOptions> options)
{
    /// <summary>Lets an account in, or says what is still wanted of it.</summary>
    /// <param name="account">Whose first factor was right.</param>
    /// <param name="how">By what, for the audit log: <c>password</c>, or a provider's name.</param>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<EntryResult> EnterAsync(Account account, string how, HttpContext context, CancellationToken cancellationToken)
    {
        if (Refusal(account) is { } refused)
        {
            return refused;
        }

        if (account.SecondFactor)
        {
            return TypedResults.Accepted((string?)null, await tickets.MakeAsync(account.Id, cancellationToken));
        }

        return TypedResults.Ok(await StartAsync(account, how, context, cancellationToken));
    }

    /// <summary>Lets an account in whose second factor was right too.</summary>
    public async Task<EntryResult> EnterWithCodeAsync(Account account, SecondFactorKind kind, HttpContext context, CancellationToken cancellationToken)
    {
        if (Refusal(account) is { } refused)
        {
            return refused;
        }

        if (kind == SecondFactorKind.RecoveryCode)
        {
            await audit.AppendAsync(new AuditEntry(AuditActions.RecoveryCodeUsed, AuditActor.Of(context, account.Id)), cancellationToken);
        }

        return TypedResults.Ok(await StartAsync(account, kind == SecondFactorKind.RecoveryCode ? "recovery code" : "code", context, cancellationToken));
    }

    /// <summary>Begins a session without asking anything more, as for an account that was made just now.</summary>
    public async Task<SignedIn> StartAsync(Account account, string how, HttpContext context, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(
            new AuditEntry(AuditActions.SignedIn, AuditActor.Of(context, account.Id)) { Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = how } },
            cancellationToken);
        return tokens.Issue(account.ToUser());
    }

    private ProblemHttpResult? Refusal(Account account) =>
        options.Value.RequireConfirmedEmail && account.EmailConfirmedAt is null ? AccountProblems.EmailNotConfirmed() : null;
}
