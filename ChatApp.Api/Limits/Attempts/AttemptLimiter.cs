using ChatApp.Api.Accounts;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Windows;

namespace ChatApp.Api.Limits.Attempts;

/// <inheritdoc cref="IAttemptLimiter"/>
internal sealed class AttemptLimiter(
    WindowLimiter limiter, LimitRedis redis, AttemptRules rules, AccountStore accounts, AuditLog audit) : IAttemptLimiter
{
    private const string Refusal = "Too many attempts. Wait for the seconds that Retry-After says, and try again.";

    /// <inheritdoc/>
    public async Task<RetryLaterResult?> BeginAsync(AttemptKind kind, HttpContext context, string? account, CancellationToken cancellationToken)
    {
        var verdict = await limiter.TakeAsync(rules.Of(kind, context, account));
        if (verdict.IsAllowed)
        {
            return null;
        }

        var refusing = verdict.Refusing;
        if (refusing.IsFull && kind != AttemptKind.Mail && refusing.Rule.Name is "account" or "address")
        {
            await TellAsync(kind, context, account, refusing, cancellationToken);
        }

        return Problems.TooMany(refusing.Wait, Refusal, ProblemCodes.TooManyAttempts);
    }

    /// <inheritdoc/>
    public async Task SucceededAsync(AttemptKind kind, HttpContext context, string? account)
    {
        if (kind is AttemptKind.Mail or AttemptKind.SignUp)
        {
            return;
        }

        if (account is not null)
        {
            var subject = rules.Account(kind, account);
            await limiter.ForgetAsync(subject, Told(subject));
        }

        await limiter.GiveBackAsync(AttemptRules.Failures(context));
    }

    /// <inheritdoc/>
    public async Task UndoAsync(AttemptKind kind, HttpContext context, string? account)
    {
        foreach (var rule in rules.Of(kind, context, account))
        {
            await limiter.GiveBackAsync(rule.Subject);
        }
    }

    private static string Told(string subject) => $"{subject}:told";

    // Once a lock-out, however many attempts come in it. While Redis is away each process tells it by itself, a few times at most.
    private async Task TellAsync(AttemptKind kind, HttpContext context, string? account, LimitState state, CancellationToken cancellationToken)
    {
        if (await redis.MarkAsync(Told(state.Rule.Subject), state.Wait) == false)
        {
            return;
        }

        // Looked for in any case, so that an account that does not exist takes as long.
        var known = account is null || state.Rule.Name != "account" ? null : await FindAsync(account, cancellationToken);
        await audit.AppendAsync(
            new AuditEntry(AuditActions.LockedOut, AuditActor.Of(context))
            {
                SubjectKind = state.Rule.Name == "account" ? "account" : "address",
                SubjectId = state.Rule.Name == "account" ? known?.ToString() : context.Connection.RemoteIpAddress?.ToString(),
                Detail = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["kind"] = kind.ToString(),
                    ["seconds"] = FormattableString.Invariant($"{Math.Ceiling(state.Wait.TotalSeconds)}"),
                },
            },
            cancellationToken);
    }

    private async Task<Guid?> FindAsync(string account, CancellationToken cancellationToken) =>
        Guid.TryParse(account, out var id) ? id : (await accounts.FindByEmailAsync(account.Trim(), cancellationToken))?.Id;
}
