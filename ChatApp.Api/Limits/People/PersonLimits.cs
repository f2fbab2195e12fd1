namespace ChatApp.Api.Limits.People;

/// <summary>What an administrator gave one person: a row of <c>user_limits</c>. Null is what the role has, 0 no limit.</summary>
internal sealed record PersonLimits
{
    public Guid UserId { get; init; }

    public int? RequestsPerMinute { get; init; }

    public long? TokensPerDay { get; init; }
}
