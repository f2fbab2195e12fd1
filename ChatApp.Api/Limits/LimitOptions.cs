using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Limits.Attempts;

namespace ChatApp.Api.Limits;

/// <summary>Section <c>Limits</c>: how much a caller may ask for. 0 is no limit wherever that makes sense.</summary>
internal sealed class LimitOptions : IValidatableObject
{
    public const string Section = "Limits";

    /// <summary>Requests that one person may make in any minute, where their role and an administrator say nothing else.</summary>
    /// <value>Defaults to 600. 0 for no limit.</value>
    [Range(0, 100_000)]
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Tokens of prompts and answers that one person may use in a day, UTC, where their role and an administrator say nothing else.</summary>
    /// <value>Defaults to 0, no limit.</value>
    [Range(0, 1_000_000_000_000)]
    public long TokensPerDay { get; set; }

    /// <summary>What people of a role have instead, by the role's name.</summary>
    public Dictionary<string, RoleLimits> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Requests without a valid token that one address may make in any minute; for IPv6, one network of 64 bits.</summary>
    /// <value>Defaults to 300. 0 for no limit.</value>
    [Range(0, 100_000)]
    public int AnonymousRequestsPerMinute { get; set; } = 300;

    /// <summary>The same for an address of a private network, which may be a proxy that does not say for whom it asks, such as the site.</summary>
    /// <value>Defaults to 6,000. 0 for no limit.</value>
    [Range(0, 100_000)]
    public int PrivateRequestsPerMinute { get; set; } = 6000;

    /// <summary>How long a request waits for Redis to judge it, before this process does.</summary>
    /// <value>Defaults to 100 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The part of each limit that one process grants by itself while Redis is away. With n processes, 1/n keeps the limits as they are.</summary>
    /// <value>Defaults to 0.5.</value>
    [Range(0.01, 1.0)]
    public double FractionWithoutRedis { get; set; } = 0.5;

    /// <summary>Tokens that a prompt is taken to have until its turn has ended, where the conversation has no earlier one to go by.</summary>
    /// <value>Defaults to 1,000.</value>
    [Range(0, 1_000_000)]
    public int EstimatedPrompt { get; set; } = 1000;

    /// <summary>Tokens that an answer is taken to have until its turn has ended.</summary>
    /// <value>Defaults to 500.</value>
    [Range(0, 1_000_000)]
    public int EstimatedAnswer { get; set; } = 500;

    /// <summary>How long it is kept what each turn took.</summary>
    /// <value>Defaults to 40 days.</value>
    [Range(typeof(TimeSpan), "2.00:00:00", "4000.00:00:00")]
    public TimeSpan KeepCharges { get; set; } = TimeSpan.FromDays(40);

    /// <summary>How often passwords, codes and links may be tried.</summary>
    public AttemptOptions Attempts { get; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, limits) in Roles)
        {
            if (!Enum.TryParse<Accounts.UserRole>(name, ignoreCase: true, out var role) || !Enum.IsDefined(role))
            {
                yield return new ValidationResult($"'Limits:Roles:{name}' is no role. Use user, creator, moderator and admin.");
            }

            if (limits.RequestsPerMinute is < 0 or > 100_000 || limits.TogetherRequestsPerMinute is < 0 or > 100_000
                || limits.TokensPerDay is < 0 || limits.TogetherTokensPerDay is < 0)
            {
                yield return new ValidationResult($"'Limits:Roles:{name}' has requests between 0 and 100,000 a minute, and tokens from 0 a day.");
            }
        }

        foreach (var problem in Attempts.Problems())
        {
            yield return problem;
        }
    }
}
