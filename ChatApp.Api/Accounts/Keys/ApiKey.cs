using ChatApp.Api.Accounts.Access;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>A key for programs, without its secret, which nobody can see again.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Prefix">What it begins with.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null for never.</param>
/// <param name="RequestsPerMinute">Requests that it may make in a minute; null for what its owner may.</param>
/// <param name="TokensPerDay">Tokens that it may use in a day; null for what its owner may.</param>
/// <param name="ReplacedBy">The key that takes its place; null for none.</param>
public sealed record ApiKey(
    Guid Id,
    string Name,
    string Prefix,
    IReadOnlyList<ApiScope> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    int? RequestsPerMinute,
    long? TokensPerDay,
    Guid? ReplacedBy);
