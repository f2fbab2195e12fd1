using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Limits.People;

/// <summary>What the caller may do, and has done of it.</summary>
/// <param name="RequestsPerMinute">Requests in any minute.</param>
/// <param name="TokensPerDay">Tokens of prompts and answers today, UTC.</param>
public sealed record CallerLimits(RequestAllowance RequestsPerMinute, TokenAllowance TokensPerDay);

/// <summary>Requests in any minute.</summary>
/// <param name="Limit">How many may be made; null for no limit.</param>
/// <param name="Remaining">How many more may be made now; null for no limit.</param>
/// <param name="ResetsAt">When the oldest of those that are counted is counted no more.</param>
public sealed record RequestAllowance(int? Limit, int? Remaining, DateTimeOffset ResetsAt);

/// <summary>Tokens of a day.</summary>
/// <param name="Limit">How many may be used; null for no limit.</param>
/// <param name="Used">How many were used. Answers that are being written count as what they are expected to take.</param>
/// <param name="ResetsAt">When the next day begins.</param>
public sealed record TokenAllowance(long? Limit, long Used, DateTimeOffset ResetsAt);

/// <summary>What one person may do.</summary>
/// <param name="RequestsPerMinute">What they were given; null for what their role has, 0 for no limit.</param>
/// <param name="TokensPerDay">The same for tokens in a day.</param>
/// <param name="Effective">What goes for them, with what they used today.</param>
public sealed record PersonLimitsView(int? RequestsPerMinute, long? TokensPerDay, EffectiveLimits Effective);

/// <summary>What goes for a person.</summary>
/// <param name="RequestsPerMinute">Requests in any minute; null for no limit.</param>
/// <param name="TokensPerDay">Tokens today.</param>
public sealed record EffectiveLimits(int? RequestsPerMinute, TokenAllowance TokensPerDay);

/// <summary>Limits that a person is given instead of their role's.</summary>
/// <param name="RequestsPerMinute">Requests in any minute; null for what the role has, 0 for no limit.</param>
/// <param name="TokensPerDay">Tokens of prompts and answers in a day; null for what the role has, 0 for no limit.</param>
public sealed record SetLimitsRequest(
    [Range(0, 100_000, ErrorMessage = "Requests are between 0 and 100,000 a minute; 0 is no limit.")] int? RequestsPerMinute = null,
    [Range(0, 1_000_000_000_000, ErrorMessage = "Tokens are between 0 and 1,000,000,000,000 a day; 0 is no limit.")] long? TokensPerDay = null);
