namespace ChatApp.Api.Accounts.Sessions;

/// <summary>A row of <c>sessions</c>.</summary>
internal sealed record SessionRow
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    /// <summary>The number of the newest refresh token.</summary>
    public int Counter { get; init; }

    /// <summary>When that one was made.</summary>
    public DateTimeOffset RefreshedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
