namespace ChatApp.Api.Accounts.External;

/// <summary>A row of <c>external_logins</c>.</summary>
internal sealed record ExternalLoginRow
{
    public string Provider { get; init; } = "";

    public string Subject { get; init; } = "";

    public Guid UserId { get; init; }

    public string? Email { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }
}
