using System.Globalization;
using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Turns;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>Takes turns in from people who have the tokens for them. A repeated request is charged nothing, and answered also when nothing is left.</summary>
internal sealed class MeteredAcceptance(TurnAcceptance acceptance, ITokenQuota quota, TokenChargeStore charges, TimeProvider time)
{
    /// <returns>What became of it, or else why the quotas do not have as much.</returns>
    public async Task<(Acceptance? Acceptance, RetryLaterResult? Refusal)> AcceptAsync(
        Guid conversationId, ClaimsPrincipal principal, TurnRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var taking = await quota.TakeAsync(principal, conversationId, request.Text, cancellationToken);
        if (taking.Refusing is { } refusing
            && (idempotencyKey is null || !await charges.IsRepeatedAsync(conversationId, principal.UserId, idempotencyKey, cancellationToken)))
        {
            return (null, Refuse(refusing, taking));
        }

        Acceptance accepted;
        try
        {
            accepted = await acceptance.AcceptAsync(conversationId, principal.UserId, request, idempotencyKey, taking.Charge, cancellationToken);
        }
        catch
        {
            // The turn may be there or not. Postgres knows, once it is asked.
            await quota.RecountAsync(taking);
            throw;
        }

        if (accepted.Verdict != Verdict.Accepted)
        {
            await quota.GiveBackAsync(taking);
        }

        return (accepted, null);
    }

    private RetryLaterResult Refuse(QuotaSubject quotaOf, QuotaTaking taking)
    {
        var now = time.GetUtcNow();
        var ends = new DateTimeOffset(taking.Charge.Day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        var whose = quotaOf.Kind switch
        {
            "key" => "This API key has",
            "role" => "Accounts of this kind together have",
            _ => "You have",
        };
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{whose} {quotaOf.Limit:N0} tokens a day, of which {taking.Used:N0} are used; this message and its answer are expected to take {taking.Charge.Estimate:N0}. A new day begins at 00:00 UTC.");
        return new RetryLaterResult(StatusCodes.Status429TooManyRequests, ends - now, detail, ProblemCodes.QuotaExceeded, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["limit"] = quotaOf.Limit,
            ["used"] = taking.Used,
            ["resetsAt"] = ends,
        });
    }
}
