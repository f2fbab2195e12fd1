namespace ChatApp.Web.Api;

/// <summary>An account, as administrators see it.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">What the person is called.</param>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Role">user, creator, moderator or admin.</param>
/// <param name="EmailConfirmed">The address is the person's.</param>
/// <param name="SecondFactor">Signing in takes a code too.</param>
/// <param name="Banned">Why and until when the person is kept out; null when they are not.</param>
/// <param name="CreatedAt">When they signed up.</param>
/// <param name="LastSeenAt">When a session of theirs was last used.</param>
public sealed record PersonAccount(
    Guid Id,
    string Name,
    string Email,
    string Role,
    bool EmailConfirmed,
    bool SecondFactor,
    Ban? Banned,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSeenAt)
{
    /// <summary>The roles, from the least to the most.</summary>
    internal static readonly string[] Roles = ["user", "creator", "moderator", "admin"];

    /// <summary>Moderators may not ban them.</summary>
    public bool IsStaff => Role is "moderator" or "admin";
}

/// <summary>Somebody is kept out.</summary>
/// <param name="Until">Until when; null for good.</param>
/// <param name="Reason">What they are told.</param>
public sealed record Ban(DateTimeOffset? Until, string Reason);

/// <summary>The body that changes a role.</summary>
internal sealed record RoleChange(string Role);

/// <summary>The body that bans; without an end it is for good.</summary>
internal sealed record BanChange(string Reason, DateTimeOffset? Until);

/// <summary>What one person was given instead of what their role has.</summary>
/// <param name="RequestsPerMinute">Requests in any minute; null for what the role has, 0 for no limit.</param>
/// <param name="TokensPerDay">Tokens in a day; the same.</param>
/// <param name="Effective">What goes for them.</param>
public sealed record PersonLimits(int? RequestsPerMinute, long? TokensPerDay, EffectiveLimits? Effective = null);

/// <summary>What goes for a person; null is no limit.</summary>
public sealed record EffectiveLimits(int? RequestsPerMinute, TokenAllowance? TokensPerDay);

/// <summary>Tokens of a day.</summary>
public sealed record TokenAllowance(long? Limit, long Used);

/// <summary>The body that sets limits.</summary>
internal sealed record LimitsChange(int? RequestsPerMinute, long? TokensPerDay);
