using System.Globalization;
using System.Security.Claims;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Keys;
using ChatApp.Api.Limits.People;
using ChatApp.Api.Prompting;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>
/// Judges quotas in Redis, which all processes share, and while that is away by what Postgres has: then turns that are accepted at the
/// same moment may take a quota over its end by their own number.
/// </summary>
internal sealed class TokenQuota(
    QuotaCounters counters, TokenChargeStore charges, PersonLimitBook people, IOptions<LimitOptions> options, TimeProvider time) : ITokenQuota
{
    // A low number of characters a token: an estimate that is too high is given back, one that is too low was used already.
    private const double CharactersPerToken = 3;

    /// <summary>When the day that is counted now ends.</summary>
    public DateTimeOffset ResetsAt => new(Today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <inheritdoc/>
    public async Task<QuotaTaking> TakeAsync(ClaimsPrincipal principal, Guid conversationId, string? text, CancellationToken cancellationToken)
    {
        var (user, role) = (principal.UserId, principal.Role);
        var subjects = Subjects(principal);
        var before = subjects is [] ? null : await charges.LastPromptAsync(conversationId, user, cancellationToken);
        var said = text is null ? 0 : (int)Math.Ceiling(TokenEstimate.Of(text, CharactersPerToken));
        var charge = new TokenCharge(
            user, principal.KeyId, role.Name, Today, (before ?? options.Value.EstimatedPrompt) + said, options.Value.EstimatedAnswer);
        var taking = new QuotaTaking(charge, subjects);
        if (subjects is [])
        {
            return taking;
        }

        var lifetime = ResetsAt - time.GetUtcNow() + TimeSpan.FromHours(1);
        var answer = await counters.TakeAsync(charge, subjects, null, lifetime);
        if (answer is { IsTaken: true })
        {
            return taking with { IsCounted = true };
        }

        if (answer is { IsUnknown: false } refused)
        {
            return taking with { Refusing = subjects[refused.Refusing], Used = refused.Used };
        }

        var known = new List<long>();
        foreach (var subject in subjects)
        {
            known.Add(await charges.UsedAsync(subject.Kind, subject.Id, charge.Day, cancellationToken));
        }

        return answer is not null && await counters.TakeAsync(charge, subjects, known, lifetime) is { } second
            ? second.IsTaken ? taking with { IsCounted = true } : taking with { Refusing = subjects[second.Refusing], Used = second.Used }
            : Judge(taking, known);
    }

    /// <inheritdoc/>
    public Task GiveBackAsync(QuotaTaking taking) => taking.IsCounted ? counters.GiveBackAsync(taking) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task RecountAsync(QuotaTaking taking) => taking.IsCounted ? counters.ForgetAsync(taking.Counters) : Task.CompletedTask;

    /// <summary>Tokens that a person has in a day; 0 for no limit.</summary>
    public long OfPerson(Guid user, UserRole role) =>
        people.Find(user)?.TokensPerDay ?? options.Value.Of(role)?.TokensPerDay ?? options.Value.TokensPerDay;

    /// <summary>What a person has used today, as Postgres has it.</summary>
    public async Task<TokenAllowance> AllowanceAsync(Guid user, long limit, CancellationToken cancellationToken) => new(
        limit > 0 ? limit : null, await charges.UsedAsync("user", user.ToString("N"), Today, cancellationToken), ResetsAt);

    private static QuotaTaking Judge(QuotaTaking taking, List<long> known)
    {
        for (var i = 0; i < known.Count; i++)
        {
            if (known[i] + taking.Charge.Estimate > taking.Subjects[i].Limit)
            {
                return taking with { Refusing = taking.Subjects[i], Used = known[i] };
            }
        }

        return taking;
    }

    private List<QuotaSubject> Subjects(ClaimsPrincipal principal)
    {
        var subjects = new List<QuotaSubject>(3);
        Add("user", principal.UserId.ToString("N"), OfPerson(principal.UserId, principal.Role));
        if (principal.KeyId is { } key
            && long.TryParse(principal.FindFirst(ApiKeyClaims.TokensPerDay)?.Value, CultureInfo.InvariantCulture, out var ofKey))
        {
            Add("key", key.ToString("N"), ofKey);
        }

        Add("role", principal.Role.Name, options.Value.Of(principal.Role)?.TogetherTokensPerDay ?? 0);
        return subjects;

        void Add(string kind, string id, long limit)
        {
            if (limit > 0)
            {
                subjects.Add(new QuotaSubject(kind, id, limit));
            }
        }
    }
}
