using ChatApp.Api.Accounts.Access;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>A row of <c>api_keys</c>.</summary>
internal sealed record ApiKeyRow
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public string Name { get; init; } = "";

    public string Prefix { get; init; } = "";

    public byte[] Hash { get; init; } = [];

    public int Version { get; init; }

    public string[] Scopes { get; init; } = [];

    public int? RequestsPerMinute { get; init; }

    public long? TokensPerDay { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public Guid? ReplacedBy { get; init; }

    public ApiKey ToKey() =>
        new(Id, Name, ApiKeyText.Beginning + Prefix, [.. Scopes.Select(ApiScope.Parse)], CreatedAt, ExpiresAt, LastUsedAt, RequestsPerMinute, TokensPerDay, ReplacedBy);
}
