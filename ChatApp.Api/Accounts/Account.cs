namespace ChatApp.Api.Accounts;

/// <summary>A row of <c>users</c>. The hash never leaves this feature.</summary>
internal sealed record Account
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>Null for an account that was made by signing in elsewhere and has no password.</summary>
    public string? PasswordHash { get; init; }

    public UserRole Role { get; init; }

    /// <summary>When its owner showed that the address is theirs; null when not yet.</summary>
    public DateTimeOffset? EmailConfirmedAt { get; init; }

    /// <summary>Whether signing in takes a code too.</summary>
    public bool SecondFactor { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which of its tokens count: those that were given at this version.</summary>
    public int TokenVersion { get; init; }

    /// <summary>Until when it may not be used; null when it may.</summary>
    public DateTimeOffset? BannedUntil { get; init; }

    /// <summary>Why, as the person is told; null when it may be used.</summary>
    public string? BanReason { get; init; }

    /// <summary>When its owner had it deleted, for good; null when not.</summary>
    public DateTimeOffset? DeletionRequestedAt { get; init; }

    /// <summary>Whether it takes no sign-in, no token and no key at <paramref name="now"/>.</summary>
    public bool IsClosed(DateTimeOffset now) => DeletionRequestedAt is not null || BannedUntil > now;

    public User ToUser() => new(Id, Name, Email, Role, EmailConfirmedAt is not null, PasswordHash is not null, SecondFactor, CreatedAt);
}
