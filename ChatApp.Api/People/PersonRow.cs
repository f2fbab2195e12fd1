using ChatApp.Api.Accounts;

namespace ChatApp.Api.People;

/// <summary>A row of <c>users</c> with what other tables say of it.</summary>
internal sealed record PersonRow
{
    /// <summary>One that is being deleted is as good as gone.</summary>
    public const string Select = """
        SELECT u.id, u.name, u.email, u.role, u.email_confirmed_at IS NOT NULL AS email_confirmed,
               EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS second_factor,
               CASE WHEN u.banned_until > now() THEN u.banned_until END AS banned_until, u.ban_reason, u.created_at,
               (SELECT max(s.last_seen_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen_at
        FROM users u
        WHERE u.deletion_requested_at IS NULL
        """;

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public UserRole Role { get; init; }

    public bool EmailConfirmed { get; init; }

    public bool SecondFactor { get; init; }

    public DateTimeOffset? BannedUntil { get; init; }

    public string? BanReason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public Person ToPerson() => new(
        Id,
        Name,
        Email,
        Role,
        EmailConfirmed,
        SecondFactor,
        BannedUntil is { } until ? new Ban(until == DateTimeOffset.MaxValue ? null : until, BanReason ?? "") : null,
        CreatedAt,
        LastSeenAt);
}
